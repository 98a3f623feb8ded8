/** One line of a start: what is being done, and how far. */
export const say = (step, text) => console.log(`${step.padEnd(9)} ${text}`);

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Does the work, with its time afterwards; where nobody sees a spinner, a line every ten seconds says that it goes on. */
export async function timed(step, text, work) {
  const since = performance.now();
  say(step, text);
  const beat = process.stdout.isTTY ? undefined : setInterval(() => say(step, `… ${seconds(since)}`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    say(step, `took ${seconds(since)}`);
  }
}

export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}
