import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const common = {
  // Off unless asked for by name: the size of what one taps, new in WCAG 2.2.
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};
const everything = { ...common, runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } };
const colours = { ...common, runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

export interface Finding {
  readonly rule: string;
  readonly element: string;
  readonly why: string;
}

/** Each element of the page that breaks a rule of WCAG 2.2 AA: all rules in light colours, those of colours in dark ones too. */
export async function findings(page: Page): Promise<Finding[]> {
  // As an expression of the debugger's: the page's own security policy would refuse a script element.
  await page.evaluate(source);
  const light = await found(page, 'light', everything);
  return [...light, ...(await found(page, 'dark', colours)).map((finding) => ({ ...finding, rule: `${finding.rule} in dark colours` }))];
}

async function found(page: Page, colorScheme: 'light' | 'dark', options: object): Promise<Finding[]> {
  await page.emulateMedia({ colorScheme });
  // In the middle of a transition the colours are neither. Waiting for the end would wait for frames, which a window that nobody sees may not draw.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
  });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => ({ rule: id, element: target.join(' '), why: failureSummary.replaceAll(/\s+/g, ' ') })),
  );
}
