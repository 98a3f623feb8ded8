/** Progress of long steps for people, on standard output: a line a step, with its time. */
export class Steps {
  readonly #live = process.stdout.isTTY;

  async run<T>(
    title: string,
    work: (progress: (fraction: number, note?: string) => void) => Promise<T>,
    done: (result: T) => string = () => '',
  ): Promise<T> {
    const started = performance.now();
    let shown = -1;
    const progress = (fraction: number, note = ''): void => {
      const percent = Math.floor(fraction * 100);
      // A log file gets a line each quarter, a terminal one line that changes.
      if (percent === shown || (!this.#live && percent < shown + 25)) return;
      shown = percent;
      this.#line(`  ${title} … ${percent} %${note ? ` (${note})` : ''}`, false);
    };
    const result = await work(progress);
    const what = done(result);
    this.#line(`✓ ${title}${what ? `: ${what}` : ''} (${((performance.now() - started) / 1000).toFixed(1)} s)`, true);
    return result;
  }

  #line(text: string, last: boolean): void {
    if (!this.#live) return void process.stdout.write(`${text}\n`);
    process.stdout.write(`\r\u001b[2K${text}${last ? '\n' : ''}`);
  }
}
