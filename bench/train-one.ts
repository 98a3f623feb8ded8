import { trainInThread, type ThreadTask } from '../jobs/training/run.ts';

/** Trains one algorithm as a worker does, in a thread, in a process of its own: so that its memory can be told. */
const task = JSON.parse(process.argv[2]!) as ThreadTask;
const idle = process.memoryUsage().rss;
const { metrics, seconds, bytes } = await trainInThread(task, { signal: new AbortController().signal, progress() {} });
process.send!({ metrics, seconds, bytes: bytes.length, idle, peak: process.resourceUsage().maxRSS * 1024 }, () => process.exit());
