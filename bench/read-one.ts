import { plugins } from '../config/plugins.ts';
import { connect, sqlOver } from '../core/database/connect.ts';
import { loadTrainingData } from '../jobs/training/training-data.ts';
import { gatherSignals } from '../recommend/signals.ts';
import type { ReadData } from './reading.ts';
import { timed } from './timing.ts';

/** Reads what a training reads, as it does, in a process of its own: so that its memory can be told. Wants --expose-gc. */
const objects = (): number => {
  gc!();
  return process.memoryUsage().heapUsed;
};
const sequelize = connect(process.argv[2]!, 1),
  before = objects();
const { seconds, result } = await timed(() => loadTrainingData(sqlOver(sequelize), plugins, gatherSignals([])));
const { films, units, ratings, age, preferences } = result.data;
const arrays = [units, age, ...[ratings, preferences].flatMap((matrix) => Object.values(matrix).filter((part) => ArrayBuffer.isView(part)))];
const read: ReadData = {
  ratings: ratings.value.length,
  films: films.length,
  seconds,
  bytes: [...new Set(arrays.map(({ buffer }) => buffer))].reduce((sum, { byteLength }) => sum + byteLength, 0),
  objects: objects() - before,
  peak: process.resourceUsage().maxRSS * 1024,
};
process.send!(read, () => process.exit());
