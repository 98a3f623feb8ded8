import { bundleConsole } from '../core/console/bundle.ts';
import { plugins } from './plugins.ts';

// The build runs this, with NODE_ENV=production and ADMIN_JS_TMP_DIR naming the folder of `consoleFolder`.
await bundleConsole(plugins);
