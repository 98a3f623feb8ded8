/** Progress of long steps for people, on standard output unless told otherwise: a line a step, with its time. */
export class Steps {
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

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
      if (percent === shown || (!this.#out.isTTY && percent < shown + 25)) return;
      shown = percent;
      this.#line(`  ${title} … ${percent} %${note ? ` (${note})` : ''}`, false);
    };
    const result = await work(progress);
    const what = done(result);
    this.#line(`✓ ${title}${what ? `: ${what}` : ''} (${((performance.now() - started) / 1000).toFixed(1)} s)`, true);
    return result;
  }

  #line(text: string, last: boolean): void {
    if (!this.#out.isTTY) return void this.#out.write(`${text}\n`);
    this.#out.write(`\r\u001b[2K${text}${last ? '\n' : ''}`);
  }
}
