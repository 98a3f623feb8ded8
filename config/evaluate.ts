import { evaluateCommand } from './evaluation/command.ts';
import { terminal } from './evaluation/terminal.ts';

await evaluateCommand(process.argv.slice(2), terminal());
