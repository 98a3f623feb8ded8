import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router as AdminRouter } from 'adminjs';
import type { RequestHandler } from 'express';

const folder = '/frontend/assets/';
const parts = ['frame', 'page', 'notices', 'buttons', 'inputs', 'tables', 'dialog', 'items', 'blend', 'experiments', 'records'];
/** of the console's pages, in the order in which they count */
export const styles = parts.map((part) => `${folder}styles/${part}.css`);

/**
 * AdminJS's scripts, always the small ones made for production, and our bundle. They are sent relative to their folders,
 * because an absolute path through a hidden folder is refused.
 * @param bundleFolder where `bundleConsole` left the components
 */
export function assets(bundleFolder: string): RequestHandler {
  const files = new Map(AdminRouter.assets.map(({ path, src }) => [path, src.replace('.development.', '.production.')]));
  files.set(`${folder}components.bundle.js`, join(bundleFolder, 'bundle.js'));
  for (const [i, path] of styles.entries()) files.set(path, fileURLToPath(new URL(`./kit/styles/${parts[i]}.css`, import.meta.url)));
  return (request, response, next) => {
    const file = files.get(request.path);
    if (!file || request.method !== 'GET') return next();
    // Asked again each time, answered with 304 until a new build.
    response.sendFile(basename(file), { root: dirname(file), cacheControl: false, headers: { 'cache-control': 'private, no-cache' } }, next);
  };
}
