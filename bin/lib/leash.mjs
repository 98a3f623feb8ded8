// Runs a command that must not outlive the one who asked for it: when that process goes, even by kill -9, its channel
// to this one breaks, and the command is stopped.
import { spawn } from 'node:child_process';

const patience = 10_000;
const [command, ...args] = process.argv.slice(2);
// On Windows npm is a batch file, which only a shell can start.
const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' && command === 'npm' });

function stop() {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), patience).unref();
}
process.once('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);
// Ctrl-C reaches the command by itself; this one waits for its end.
process.on('SIGINT', () => {});

child.once('error', (error) => {
  console.error(`${command} cannot be started: ${error.message}`);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
