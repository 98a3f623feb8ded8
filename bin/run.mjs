// node bin/run.mjs MODULE [ARGUMENT …]: runs a module of build/, installed and built before if need be.
import './lib/node-version.mjs';
import { ensureBuilt } from './lib/compile.mjs';
import { enter } from './lib/enter.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fail } from './lib/steps.mjs';

const [module, ...args] = process.argv.slice(2);
if (!module) fail('Usage: node bin/run.mjs MODULE [ARGUMENT …], where MODULE is a path in build/ without .js');
await ensureInstalled({ quiet: true });
await ensureBuilt({ quiet: true });
await enter(module, args);
