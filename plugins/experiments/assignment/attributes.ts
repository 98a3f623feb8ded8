import type { Viewer } from '../../../recommend/algorithm.ts';
import type { Catalogue } from '../../../recommend/ports.ts';
import type { UnitFacts } from './facts.ts';
import { tasteOf, type Taste } from './taste.ts';

/** What an experiment can choose its viewers by. */
export interface Attributes {
  /** the day when the account was made, or the browser came first: "2026-05-01", UTC */
  readonly signUpDate: string;
  /** whole days since then */
  readonly daysSinceSignUp: number;
  readonly signedIn: boolean;
  readonly ratings: number;
  /** at most three, the favourite one first; see `favourites` */
  readonly favouriteGenres: readonly string[];
  /** where it was seen last, ISO 3166-1; '' where that is not known */
  readonly country: string;
  readonly staff: boolean;
  readonly simulated: boolean;
}
export type AttributeType = 'date' | 'number' | 'boolean' | 'genres' | 'country';
export const attributeTypes: Readonly<Record<keyof Attributes, AttributeType>> = {
  signUpDate: 'date',
  daysSinceSignUp: 'number',
  signedIn: 'boolean',
  ratings: 'number',
  favouriteGenres: 'genres',
  country: 'country',
  staff: 'boolean',
  simulated: 'boolean',
};

const DAY = 86_400_000;

/** Each is worked out when a condition asks for it. What follows from a history is kept with the unit's facts while both stay. */
export class ViewerAttributes implements Attributes {
  readonly #facts: UnitFacts;
  readonly #viewer: Viewer;
  readonly #catalogue: Catalogue;
  readonly #at: Date;
  #taste: Taste | undefined;

  constructor(facts: UnitFacts, viewer: Viewer, catalogue: Catalogue, at: Date) {
    this.#facts = facts;
    this.#viewer = viewer;
    this.#catalogue = catalogue;
    this.#at = at;
  }

  get signUpDate(): string {
    return this.#facts.since.toISOString().slice(0, 10);
  }
  get daysSinceSignUp(): number {
    return Math.max(0, Math.floor((this.#at.getTime() - this.#facts.since.getTime()) / DAY));
  }
  get signedIn(): boolean {
    return this.#facts.signedIn;
  }
  get ratings(): number {
    return this.#known().ratings;
  }
  get favouriteGenres(): readonly string[] {
    return this.#known().favouriteGenres;
  }
  get country(): string {
    return this.#facts.country ?? '';
  }
  get staff(): boolean {
    return this.#facts.staff;
  }
  get simulated(): boolean {
    return this.#facts.simulated;
  }

  #known(): Taste {
    return (this.#taste ??= tasteOf(this.#facts, this.#viewer, this.#catalogue));
  }
}
