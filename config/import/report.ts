import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { badRequest } from '../../core/errors.ts';

export interface Refusal {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}
/** With more wrong rows than this the whole data set is wrong. */
const most = 100_000;

/** Rows that were not imported, each with its reason. */
export class Report {
  readonly #rows: Refusal[] = [];

  get rows(): readonly Refusal[] {
    return this.#rows;
  }

  /** @throws 400 when there are too many */
  refuse(file: string, line: number, reason: string): void {
    this.#rows.push({ file, line, reason });
    if (this.#rows.length >= most) throw badRequest(`${most} rows are wrong, so nothing was changed.`);
  }

  /** How often each reason occurred, most often first. */
  summary(): string[] {
    const reasons = new Map<string, number>();
    for (const { file, reason } of this.#rows) reasons.set(`${file}: ${reason}`, (reasons.get(`${file}: ${reason}`) ?? 0) + 1);
    return [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, n]) => `${n} × ${reason}`);
  }

  /** Writes a CSV with one line a refused row. @returns its path */
  write(folder: string, at: Date): string {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `import-${at.toISOString().replaceAll(/[:.]/g, '-')}.csv`);
    const lines = this.#rows.map(({ file, line, reason }) => `${file},${line},"${reason.replaceAll('"', '""')}"`);
    writeFileSync(path, ['file,line,reason', ...lines, ''].join('\n'));
    return path;
  }
}
