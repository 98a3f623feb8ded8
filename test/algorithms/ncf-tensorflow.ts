import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';

/**
 * TensorFlow.js on its JavaScript backend. Its bundle for Node.js knows no gradients: those come with larger packages. They
 * are in this one too, in files that Node.js cannot import, so they are translated here and given the bundle's operations.
 */
const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
const everything = { ...tf.util, ...tf.backend_util, ...tf.slice_util, ...tf };
const loaded = new Map<string, object>();

function load(file: string): object {
  const known = loaded.get(file);
  if (known) return known;
  const exports = {};
  loaded.set(file, exports);
  const { code } = transformSync(readFileSync(`${file}.js`, 'utf8'), { sourceMaps: false, module: { type: 'commonjs' }, jsc: { target: 'es2022' } });
  const require = (name: string): object => (name.endsWith('_grad') ? load(join(dirname(file), name)) : everything);
  compileFunction(code, ['exports', 'require'])(exports, require);
  return exports;
}

load(join(folder, 'register_all_gradients'));
// Otherwise it says at length that another package is faster.
tf.env().set('IS_NODE', false);

export { tf };
