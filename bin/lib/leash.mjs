// Runs a command that must not outlive the one who asked for it: when that process goes, even by kill -9, its channel
// to this one breaks, and the command is stopped.
// Arguments: how long the command may take to stop, in milliseconds, and the command with its own arguments.
import { spawn } from 'node:child_process';

const [patience, command, ...args] = process.argv.slice(2);
// On Windows npm is a batch file, which only a shell can start.
const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' && command === 'npm' });

// npm ci takes no notice of a signal before all packages are there.
const insist = () => setTimeout(() => child.kill('SIGKILL'), Number(patience)).unref();
function stop() {
  child.kill('SIGTERM');
  insist();
}
process.once('disconnect', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);
// Ctrl-C reaches the command by itself.
process.on('SIGINT', insist);

child.once('error', (error) => {
  console.error(`${command} cannot be started: ${error.message}`);
  process.exit(127);
});
child.once('exit', (code) => process.exit(code ?? 1));
