import { fileURLToPath } from 'node:url';
import { ComponentLoader } from 'adminjs';
import type { Owned } from './owned.ts';

/** AdminJS imports each component under its name, so it must be an identifier. */
export const componentName = (owner: string, page: string): string => `Page_${owner}_${page}`.replace(/\W/g, '_');
export const overview = 'Overview';
/** parts of AdminJS's frame that ours replace: with landmarks, labels and the manager's pages first */
const frame = {
  Sidebar: 'sidebar',
  TopBar: 'top-bar',
  ResourceRoute: 'main',
  ResourceActionRoute: 'main',
  RecordActionRoute: 'main',
  FilterDrawer: 'filters',
} as const;

/** Components of everything that is installed, on or off, so that one bundle serves every state of the site. */
export function loaderOf(owned: readonly Owned[]): ComponentLoader {
  const loader = new ComponentLoader();
  const file = (url: URL): string => fileURLToPath(url);
  loader.add(overview, file(new URL('./pages/overview.tsx', import.meta.url)));
  for (const [name, source] of Object.entries(frame)) loader.override(name, file(new URL(`./shell/${source}.tsx`, import.meta.url)));
  for (const { owner, part } of owned) for (const page of part.pages ?? []) loader.add(componentName(owner, page.id), file(page.component));
  return loader;
}
