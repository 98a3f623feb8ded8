// npm run dev: runs the site and, whenever a source changes, builds and restarts it.
import './lib/node-version.mjs';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { launch, root } from './lib/child.mjs';
import { compile } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { folders } from './lib/sources.mjs';

let site;
let timer;
let working = Promise.resolve();
const changed = new Set();

async function renew() {
  // The console's pages take seconds to bundle: only when one of them changed.
  const bundle = !site || [...changed].some((file) => file.endsWith('.tsx'));
  changed.clear();
  if (!(await compile({ bundle }))) return console.log('Waiting for the next change.');
  await stop();
  site = launch(process.execPath, ['--enable-source-maps', join(root, 'build/config/main.js')], {
    env: { NODE_ENV: 'development' },
    patience: 20_000,
  });
}

async function stop() {
  site?.stop();
  await site?.done;
}

/** Editors write a file in several steps: builds when it has been quiet for a moment. */
function note(file) {
  changed.add(file);
  clearTimeout(timer);
  timer = setTimeout(() => {
    working = working.then(renew);
  }, 150);
}

async function quit() {
  clearTimeout(timer);
  await working;
  await stop();
  process.exit(0);
}

await ensureInstalled();
await (working = renew());
for (const folder of folders) watch(join(root, folder), { recursive: true }, (_event, file) => note(file ?? ''));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, quit);
