import type { Attributes } from '../../plugins/experiments/assignment/attributes.ts';
import type { UnitFacts } from '../../plugins/experiments/assignment/facts.ts';

/** A browser that came some time ago. */
export const somebody: UnitFacts = {
  staff: false,
  simulated: false,
  signedIn: false,
  since: new Date('2026-05-01T12:00:00Z'),
  country: null,
  forced: [],
  placed: [],
};

/** Attributes of somebody who rated nothing. */
export const nobodyKnown: Attributes = {
  signUpDate: '2026-05-01',
  daysSinceSignUp: 31,
  signedIn: false,
  ratings: 0,
  favouriteGenres: [],
  country: '',
  staff: false,
  simulated: false,
};
