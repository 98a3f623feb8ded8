import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const options = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  // Off unless asked for by name: the size of what one taps, new in WCAG 2.2.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** Each element of the page that breaks a rule of WCAG 2.2 AA. */
export async function findings(page: Page): Promise<{ readonly rule: string; readonly element: string; readonly why: string }[]> {
  // As an expression of the debugger's: the page's own security policy would refuse a script element.
  await page.evaluate(source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = '' }) =>
    ({ rule: id, element: target.join(' '), why: failureSummary.replaceAll(/\s+/g, ' ') })));
}
