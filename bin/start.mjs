// npm start: installs and builds what is missing, then goes on in this process with the site itself.
import './lib/node-version.mjs';
import { ensureBuilt } from './lib/compile.mjs';
import { enter } from './lib/enter.mjs';
import { ensureInstalled } from './lib/install.mjs';

await ensureInstalled();
await ensureBuilt();
await enter('config/main');
