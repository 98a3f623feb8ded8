import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './child.mjs';
import { fail } from './steps.mjs';

/** Goes on in this process with a module of build/, which finds its arguments where a script does. */
export async function enter(module, args = []) {
  const file = join(root, 'build', `${module}.js`);
  if (!existsSync(file)) fail(`There is no command ${module}.`);
  process.env.NODE_ENV ??= 'production';
  process.argv = [process.execPath, file, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href).catch(explain);
}

/** Errors that Marquee makes on purpose say what to do; any other needs its stack. */
function explain(error) {
  const expected = error?.name === 'AppError' || error?.exitCode !== undefined;
  console.error(expected ? `\n${error.message}` : error);
  process.exit(error?.exitCode ?? 1);
}
