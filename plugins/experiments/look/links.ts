import { Signer } from '../../../core/http/signing.ts';

/** What a signed link shows: an arm, until a time. */
export interface Look {
  readonly experiment: number;
  readonly arm: string;
  readonly until: Date;
}
const purpose = 'experiments.look';

/** Links by which anybody who has one sees an arm. They cannot be made up or changed. */
export class Links {
  readonly #signer: Signer;
  constructor(key: string) {
    this.#signer = new Signer(key);
  }

  /** The path of a link. */
  pathOf({ experiment, arm, until }: Look): string {
    return `/experiments/look/${this.#signer.sign(purpose, [experiment, arm, Math.floor(until.getTime() / 1000)].join('~'))}`;
  }

  /** undefined for what was never signed, or is over */
  open(token: string, now: Date): Look | undefined {
    const [experiment, arm, seconds] = this.#signer.open(purpose, token)?.split('~') ?? [];
    const until = new Date(Number(seconds) * 1000);
    return experiment && arm && until > now ? { experiment: Number(experiment), arm, until } : undefined;
  }
}
