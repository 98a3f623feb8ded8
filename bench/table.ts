/** What a measurement prints: a table, and how it was measured. */
export interface Table {
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const cell = (value: string | number): string => (typeof value === 'number' ? value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2) : value);

/** For terminals: columns in line. */
export function asText({ title, note, columns, rows }: Table): string {
  const lines = [columns, ...rows.map((row) => row.map(cell))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const aligned = lines.map((line) => line.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  '));
  return [title, ...aligned.map((line) => `  ${line}`), `  ${note}`, ''].join('\n');
}

/** For docs/bench.md. */
export function asMarkdown({ title, note, columns, rows }: Table): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(columns),
    line(columns.map((_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(row.map(cell))),
    '',
    note,
    '',
  ].join('\n');
}
