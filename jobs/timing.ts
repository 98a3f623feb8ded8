/** Seconds unless said otherwise. Tests shorten them. */
export interface Timing {
  /** how often a worker looks for expired leases, due runs and missed ticks */
  readonly sweep: number;
  /** progress is written at most this often */
  readonly progress: number;
  /** wait after the first failed attempt; it doubles with each further one */
  readonly backoff: number;
  /** a run that was handed to Agenda and that nobody took by then is handed over again */
  readonly dispatch: number;
  /** Agenda has this long to deliver a tick; then the sweep does it */
  readonly tick: number;
  /** how often Agenda polls for what it was not notified of; it sets timers for what falls between two polls */
  readonly poll: number;
  /** Agenda's own lock on what it handed out, renewed all the time; its timers live half as long */
  readonly lock: number;
  /** how long a job may take to end when its plugin is switched off */
  readonly patience: number;
  readonly now: () => number;
}

export const usualTiming: Timing = { sweep: 2, progress: 0.5, backoff: 5, dispatch: 10, tick: 10, poll: 5, lock: 60, patience: 10, now: Date.now };
