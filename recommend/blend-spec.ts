import { z } from 'zod';

/** Weight of each algorithm, by its id. Absent or failed algorithms give up their weight. */
const weights = z
  .record(
    z.string().regex(/^[a-z0-9-]{1,40}$/, 'is not the id of an algorithm'),
    z.number('must be a number').finite('must be finite').min(0, 'must not be negative').max(1000, 'must be at most 1000'),
  )
  .refine((w) => Object.values(w).some((value) => value > 0), 'at least one weight must be above zero');

/** Another mix for viewers of whom little is known yet: what works for them differs most from what works for regulars. */
const newcomers = z.strictObject({
  /** films in the history, at most */
  upTo: z.int('must be a whole number').min(0, 'must not be negative').max(1000, 'must be at most 1000'),
  weights,
});

/** Chance in the order of films, see `explore`: without some, nothing can be learned from the lists about another blend. */
const exploration = z.strictObject({
  temperature: z.number().min(0, 'must not be negative').max(2, 'must be at most 2'),
  /** so many first places are left alone */
  from: z.int('must be a whole number').min(0, 'must not be negative').max(50, 'must be at most 50'),
});

/** Rows of the home page by their surface ("home.trending"), in this order; others are left out. */
const rows = z
  .array(z.string().regex(/^[a-z][a-z0-9.:-]{0,79}$/, 'is not a row of the home page'))
  .min(1, 'must name at least one row')
  .max(30, 'must name at most 30 rows')
  .refine((all) => new Set(all).size === all.length, 'must name each row once');

/** Each part of a blend, without its default: an experiment's arm may override any of them. */
export const blendFields = {
  weights,
  normalisation: z.enum(['standard', 'rank']),
  /** 0 = by score alone; 1 = as different from each other as possible (maximal marginal relevance over genres, people and keywords) */
  diversity: z.number().min(0).max(1),
  /** 0 = by score alone; 1 = genres in the proportions of the viewer's own films (Steck, RecSys 2018) */
  calibration: z.number().min(0).max(1),
  /** days after which a seen film counts half as much as just seen; 0 = a seen film never comes back */
  again: z.number().min(0, 'must not be negative').max(3650, 'must be at most 3650'),
  newcomers: newcomers.nullable(),
  exploration,
  rows: rows.nullable(),
};

/**
 * What operators set and experiments vary. The database checks the same rules again (`blend_spec_valid`).
 * normalisation makes scores of different algorithms comparable, per viewer:
 * "standard" = (score − mean) / standard deviation over the films that the algorithm has an opinion on;
 * "rank" = 1 for the best film falling to 0 for the last.
 */
export const BlendSpec = z.strictObject({
  weights,
  normalisation: blendFields.normalisation.default('standard'),
  diversity: blendFields.diversity.default(0.15),
  calibration: blendFields.calibration.default(0),
  again: blendFields.again.default(0),
  newcomers: blendFields.newcomers.default(null),
  exploration: exploration.default({ temperature: 0, from: 0 }),
  rows: blendFields.rows.default(null),
});
export type BlendSpec = z.output<typeof BlendSpec>;

/** The weights for somebody with a history of so many films. */
export const weightsFor = (spec: BlendSpec, films: number): BlendSpec['weights'] =>
  spec.newcomers && films <= spec.newcomers.upTo ? spec.newcomers.weights : spec.weights;

/** A stored blend: the spec of one version. */
export interface BlendVersion {
  /** row id of the version: what lists, experiments and metrics refer to */
  readonly id: number;
  readonly blend: number;
  readonly name: string;
  readonly version: number;
  readonly spec: BlendSpec;
}
