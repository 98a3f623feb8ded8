import type { Response } from 'express';
import type { Logger } from '../../../core/log.ts';
import type { Experiment } from '../model.ts';
import type { Live } from '../results/live.ts';
import type { Measurement } from '../results/measurement.ts';

/** What a stream of server-sent events says, in `data`, each time that something changed. */
export interface LiveEvent extends Live {
  /** units that are still to be counted */
  readonly waiting: number;
}

/** Seconds between two looks; every so many a comment keeps the line open where nothing changes. */
const EVERY = 3,
  KEEP_ALIVE = 20;

interface Stream {
  readonly experiment: Experiment;
  readonly response: Response;
  said: string;
  silent: number;
}

/** Who is in experiments right now, told to the pages that look. All streams of a process share one look. */
export class LiveStreams {
  readonly #measurement: Pick<Measurement, 'refresh' | 'live'>;
  readonly #log: Logger;
  readonly #streams = new Set<Stream>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(measurement: Pick<Measurement, 'refresh' | 'live'>, log: Logger) {
    this.#measurement = measurement;
    this.#log = log;
  }

  open(experiment: Experiment, response: Response): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.write(`retry: ${EVERY * 1000}\n\n`);
    const stream: Stream = { experiment, response, said: '', silent: 0 };
    this.#streams.add(stream);
    response.once('close', () => this.#streams.delete(stream));
    void this.#look([stream]);
    this.#timer ??= setInterval(() => void this.#lookAtAll(), EVERY * 1000).unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const { response } of this.#streams) response.end();
    this.#streams.clear();
  }

  /** Where counting takes longer than the pause between two looks, the next one is left out. */
  async #lookAtAll(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await this.#look([...this.#streams]).finally(() => (this.#looking = false));
  }

  async #look(streams: readonly Stream[]): Promise<void> {
    if (streams.length === 0) return;
    try {
      const waiting = await this.#measurement.refresh();
      for (const stream of streams) this.#say(stream, { ...(await this.#measurement.live(stream.experiment)), waiting });
    } catch (error) {
      this.#log.error('live counts of experiments could not be read', error);
    }
  }

  #say(stream: Stream, event: LiveEvent): void {
    const text = JSON.stringify(event);
    if (text === stream.said) {
      if (++stream.silent * EVERY >= KEEP_ALIVE) {
        stream.silent = 0;
        stream.response.write(': nothing new\n\n');
      }
      return;
    }
    stream.said = text;
    stream.silent = 0;
    stream.response.write(`data: ${text}\n\n`);
  }
}
