/** Beside what a command prints, which may go into a file. */
const say = (line) => console.error(line);
const seconds = (since) => `(${((performance.now() - since) / 1000).toFixed(1)} s)`;

/** One line for a step that had nothing to do, in the form of config/steps.ts, which goes on with the site's own steps. */
export const skipped = (title, since) => say(`✓ ${title}: up to date ${seconds(since)}`);

/**
 * Runs a step that gives an exit code, and says when it begins and how long it took.
 * Where nobody sees the command's own spinner, a line every ten seconds tells that it goes on.
 */
export async function step(title, work) {
  const since = performance.now();
  say(`  ${title} …`);
  const beat = process.stderr.isTTY ? undefined : setInterval(() => say(`  ${title} … ${seconds(since)}`), 10_000);
  const code = await work();
  clearInterval(beat);
  say(`${code === 0 ? '✓' : '✗'} ${title} ${seconds(since)}`);
  return code;
}

export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
