import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Templates must escape everything: three braces would print a viewer's text as HTML. Foreign hosts and inline handlers break the CSP. */
const rules = [
  [/\{\{\{/, 'prints without escaping'],
  [/\son[a-z]+\s*=/i, 'has an inline event handler'],
  [/(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i, 'loads from, or links to, another host'],
  [/\sstyle\s*=/i, 'has an inline style'],
];
const templates = ['views', 'plugins'].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => join(folder, name)),
);
const found = templates.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, n) => rules.filter(([pattern]) => pattern.test(line)).map(([, what]) => `${file}:${n + 1} ${what}`)),
);
for (const line of found) process.stderr.write(`${line}\n`);
process.stdout.write(`${templates.length} templates, ${found.length} findings\n`);
process.exitCode = found.length > 0 ? 1 : 0;
