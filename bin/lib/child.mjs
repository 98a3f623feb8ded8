import { fork } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));

/**
 * Starts a command in Marquee's folder that ends when this process does; asked to stop, it may take `patience` milliseconds.
 * `done` gives its exit code. `output`: where it prints, this process's standard output or error.
 */
export function launch(command, args, { env = {}, patience = 1000, output = 'inherit' } = {}) {
  const child = fork(leash, [String(patience), command, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['inherit', output, 'inherit', 'ipc'],
  });
  return { done: new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1))), stop: (signal = 'SIGTERM') => child.kill(signal) };
}

/**
 * Runs a command to its end and gives its exit code; what it prints goes to standard error, as steps do. A signal that asks
 * this process to stop is passed on, and this process ends when the command has.
 */
export async function run(command, args, env) {
  const child = launch(command, args, { env, output: 2 });
  let asked;
  const pass = (signal) => {
    asked = signal;
    child.stop(signal);
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
