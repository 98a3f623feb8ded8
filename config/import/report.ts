import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Refusal { readonly file: string; readonly line: number; readonly reason: string }
/** Enough to find the fault; a wholly wrong file must not fill the memory. */
const mostKept = 100_000;

/** Rows that were not imported, each with its reason. */
export class Report {
  readonly #kept: Refusal[] = [];
  #count = 0;

  refuse(file: string, line: number, reason: string): void {
    this.#count++;
    if (this.#kept.length < mostKept) this.#kept.push({ file, line, reason });
  }
  get count(): number { return this.#count; }

  /** How often each reason occurred, most often first. */
  summary(): string[] {
    const reasons = new Map<string, number>();
    for (const { file, reason } of this.#kept) reasons.set(`${file}: ${reason}`, (reasons.get(`${file}: ${reason}`) ?? 0) + 1);
    return [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, n]) => `${n} × ${reason}`);
  }

  /** One line a refused row. @returns the path; undefined when nothing was refused */
  write(folder: string, at: Date): string | undefined {
    if (this.#count === 0) return undefined;
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `import-${at.toISOString().replaceAll(/[:.]/g, '-')}.csv`);
    const lines = this.#kept.map(({ file, line, reason }) => `${file},${line},"${reason.replaceAll('"', '""')}"`);
    writeFileSync(path, ['file,line,reason', ...lines, ''].join('\n'));
    return path;
  }
}
