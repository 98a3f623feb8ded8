import { fork } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));

/** Starts a command in Marquee's folder that ends when this process does. `done` gives its exit code. */
export function launch(command, args, env = {}) {
  const child = fork(leash, [command, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  return { done: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))), stop: () => child.kill('SIGTERM') };
}

/**
 * Runs a command to its end and gives its exit code. A signal that asks this process to stop is passed on,
 * and this process ends when the command has.
 */
export async function run(command, args, env) {
  const child = launch(command, args, env);
  let asked;
  const pass = (signal) => {
    asked = signal;
    if (signal !== 'SIGINT') child.stop();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  const code = await child.done;
  for (const signal of signals) process.off(signal, pass);
  if (asked) {
    console.log('stopped');
    process.exit(128 + constants.signals[asked]);
  }
  return code;
}

export const node = (args, env) => run(process.execPath, args, env);
