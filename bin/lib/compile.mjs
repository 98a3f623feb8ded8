import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { node, root } from './child.mjs';
import { filesBelow, fingerprint, sourceFiles } from './sources.mjs';
import { fail, skipped, step } from './steps.mjs';

const build = join(root, 'build');
// Written last: a build that failed or was killed is done again.
const stampFile = join(build, '.stamp');
const consoleFolder = join(build, 'adminjs');
// What other steps make in build/, and sources that another compiler reads.
const madeElsewhere = /^adminjs\/|^math\/kernels\/[a-z]+\.wasm$/;
const assembly = 'math/kernels/assembly/';

/** Builds unless build/ was made from these very sources. */
export async function ensureBuilt({ quiet = false } = {}) {
  const since = performance.now();
  const stamp = fingerprint(sourceFiles());
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    if (!quiet) skipped('Build', since);
  } else if (!(await compile())) {
    fail('The build failed: see the messages above.');
  }
}

/**
 * Makes build/ from the sources, in place, so that a running site keeps its files.
 * Without `bundle` the console's pages stay as they are and no stamp is left: the next start builds completely.
 * @returns whether everything went well
 */
export async function compile({ bundle = true } = {}) {
  const sources = sourceFiles();
  const stamp = fingerprint(sources);
  rmSync(stampFile, { force: true });
  const compiled = await step(`Build (${sources.length} files)`, () => node(['node_modules/typescript/bin/tsc', '-p', 'bin/tsconfig.build.json']));
  if (compiled !== 0 || (await node(['bin/lib/kernels.mjs'])) !== 0) return false;
  copyAssets(sources);
  removeStale(sources);
  if (!bundle) return true;
  if ((await bundleConsole()) !== 0) return false;
  writeFileSync(stampFile, stamp);
  return true;
}

/** Everything but the TypeScript: templates, styles, SQL, data, scripts for browsers, and the console's components. */
function copyAssets(sources) {
  for (const file of sources.filter((name) => !name.endsWith('.ts') && !name.startsWith(assembly))) {
    mkdirSync(dirname(join(build, file)), { recursive: true });
    copyFileSync(join(root, file), join(build, file));
  }
}

/** What sources left behind that are no more. */
function removeStale(sources) {
  const outputs = new Set(
    sources.flatMap((file) => {
      if (file.startsWith(assembly)) return [];
      const code = /^(.*)\.tsx?$/.exec(file)?.[1];
      return code ? [file, `${code}.js`, `${code}.js.map`] : [file];
    }),
  );
  for (const file of filesBelow('build').map((path) => path.slice('build/'.length))) {
    if (!outputs.has(file) && !madeElsewhere.test(file)) rmSync(join(build, file));
  }
  removeEmpty(build);
}

function removeEmpty(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const kept = entries.filter((entry) => !entry.isDirectory() || !removeEmpty(join(folder, entry.name)));
  if (kept.length === 0) rmdirSync(folder);
  return kept.length === 0;
}

/** The console's components for the browser, made now so that no start has to. */
async function bundleConsole() {
  const script = join(build, 'config/bundle-console.js');
  if (!existsSync(script)) return 0;
  mkdirSync(consoleFolder, { recursive: true });
  return step('Bundle the console', () => node([script], { NODE_ENV: 'production', ADMIN_JS_TMP_DIR: consoleFolder }));
}
