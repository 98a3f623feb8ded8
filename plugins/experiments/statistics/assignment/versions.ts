/** Wide enough that versions compare as texts, as GrowthBook's SDKs pad them. */
const WIDTH = 5;
const RELEASE = 3;

/**
 * A version as a text that sorts as semantic versions do: `1.2.3-beta+build` without a leading v and its build, numbers
 * padded, and a release after its pre-releases.
 */
export function sortable(version: unknown): string {
  const text = typeof version === 'number' ? String(version) : typeof version === 'string' && version ? version : '0';
  const parts = text.replace(/(^v|\+.*$)/g, '').split(/[-.]/);
  if (parts.length === RELEASE) parts.push('~');
  return parts.map((part) => (/^[0-9]+$/.test(part) ? part.padStart(WIDTH, ' ') : part)).join('-');
}
