import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../config/paths.ts';

const run = promisify(execFile);
const folder = join(projectRoot, 'bench', 'peers');

/** The last line that a script prints, as JSON. */
async function said<T>(python: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run(python, args);
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as T;
}

/** What peers.py prints. */
export interface PeerTimes {
  readonly versions: readonly string[];
  /** seconds of CPU, of each repetition */
  readonly seconds: readonly number[];
}

/** A Python with the packages of requirements.txt, in a folder of its own. */
export class Peers {
  readonly #python: string;
  /** what could not be installed */
  readonly #missing: readonly string[];

  private constructor(python: string, missing: readonly string[]) {
    this.#python = python;
    this.#missing = missing;
  }

  /**
   * Each package by itself, so that one that cannot be had takes no other away.
   * @returns undefined where there is no Python with venv
   */
  static async install(into: string, python = 'python3'): Promise<Peers | undefined> {
    try {
      await run(python, ['-m', 'venv', into]);
    } catch {
      return undefined;
    }
    const own = join(into, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    const missing = await said<string[]>(own, [join(folder, 'install.py')]);
    return new Peers(own, missing);
  }

  /**
   * @param work one of peers.py's
   * @param data the folder that it reads
   * @returns undefined where a package is missing
   */
  async measure(work: string, data: string): Promise<PeerTimes | undefined> {
    try {
      return await said<PeerTimes>(this.#python, [join(folder, 'peers.py'), work, data]);
    } catch (error) {
      if (/ModuleNotFoundError/.test(String(error))) return undefined;
      throw error;
    }
  }

  /** For a table's note. */
  get missing(): string {
    return this.#missing.length > 0 ? ` Could not be installed: ${this.#missing.join(', ')}.` : '';
  }
}
