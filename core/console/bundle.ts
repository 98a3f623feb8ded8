import AdminJS from 'adminjs';
import type { AnyPlugin } from '../plugin.ts';
import { loaderOf } from './components.ts';
import { corePart } from './core-part.ts';
import { partsOf } from './owned.ts';

/**
 * Makes the one script with the components of all plugins. AdminJS bundles when NODE_ENV is production, into the folder
 * that ADMIN_JS_TMP_DIR names.
 */
export async function bundleConsole(plugins: readonly AnyPlugin[]): Promise<void> {
  await new AdminJS({ componentLoader: loaderOf([{ owner: 'core', part: corePart }, ...partsOf(plugins)]) }).initialize();
}
