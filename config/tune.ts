import { tuneCommand } from './evaluation/tuning.ts';
import { terminal } from './evaluation/terminal.ts';

await tuneCommand(process.argv.slice(2), terminal());
