// npm run dev: runs the site and, whenever a source changes, builds and restarts it.
import './lib/node-version.mjs';
import { setTimeout as pause } from 'node:timers/promises';
import { launch } from './lib/child.mjs';
import { compile } from './lib/compile.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { fingerprint, sourceFiles } from './lib/sources.mjs';

let site;
let sources;
let pages;

/** Bundles the console's pages, which takes seconds, only when one of them changed. */
async function renew() {
  const now = fingerprint(sourceFiles().filter((file) => file.endsWith('.tsx')));
  if (!(await compile({ bundle: now !== pages }))) return console.log('Waiting for the next change.');
  pages = now;
  await stop();
  site = launch(process.execPath, ['--enable-source-maps', 'build/config/main.js'], { env: { NODE_ENV: 'development' }, patience: 20_000 });
}

async function stop() {
  site?.stop();
  await site?.done;
}

await ensureInstalled();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop().then(() => process.exit(0)));
// Asks twice a second: on Linux fs.watch loses files that an editor replaces by renaming.
for (; ; await pause(500)) {
  const now = fingerprint(sourceFiles());
  if (now === sources) continue;
  sources = now;
  await renew();
}
