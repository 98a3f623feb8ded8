// npm run build: build/ from scratch.
import './lib/node-version.mjs';
import { compile } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fail } from './lib/steps.mjs';

await ensureInstalled({ quiet: true });
if (!(await compile())) fail('The build failed: see the messages above.');
