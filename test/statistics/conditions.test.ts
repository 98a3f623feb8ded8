import { meets, type Attributes, type Condition } from '../../plugins/experiments/statistics/assignment/conditions.ts';
import type { Groups } from '../../plugins/experiments/statistics/assignment/operators.ts';
import {
  armRanges,
  bucket,
  chooseArm,
  inNamespace,
  type HashVersion,
  type Namespace,
  type Range,
} from '../../plugins/experiments/statistics/hash.ts';
import { describeWith } from '../shared-data.ts';

type Case = [name: string, condition: Condition, attributes: Attributes, expected: boolean, groups?: Groups];
interface Experiment {
  key: string;
  variations: unknown[];
  weights?: number[];
  coverage?: number;
  seed?: string;
  hashVersion?: HashVersion;
  hashAttribute?: string;
  namespace?: Namespace;
  condition?: Condition;
  ranges?: Range[];
  [other: string]: unknown;
}
interface Context {
  attributes?: Attributes;
  savedGroups?: Groups;
  [other: string]: unknown;
}
type Run = [name: string, context: Context, experiment: Experiment, value: unknown, inExperiment: boolean, hashUsed: boolean];
interface Cases {
  data: Record<string, unknown[]> & { evalCondition: Case[]; run: Run[]; inNamespace: [string, string, Namespace, boolean][] };
}

/**
 * Parts of GrowthBook's evaluation that Marquee has no counterpart of, or another one:
 * forcing (an arm is forced by a signed link, not by a URL parameter, a list or in the experiment), QA mode and switched-off
 * experiments (states of the state machine), filters (one layer an experiment), and features with prerequisites.
 */
const elsewhere = ['force', 'active', 'filters', 'parentConditions'];
const contextElsewhere = ['enabled', 'url', 'forcedVariations', 'qaMode', 'features'];
const applies = ([, context, experiment]: Run): boolean =>
  !elsewhere.some((key) => key in experiment) && !contextElsewhere.some((key) => key in context);

/** One experiment and one unit, out of the pure parts: audience, layer, bucket, arm. */
function assign({ attributes = {}, savedGroups = {} }: Context, experiment: Experiment): number {
  const { key, seed = key, hashVersion = 1, hashAttribute = 'id', namespace, condition = {}, coverage, weights, variations } = experiment;
  const unit = attributes[hashAttribute];
  if (typeof unit !== 'string' || unit === '' || variations.length < 2) return -1;
  if (!meets(attributes, condition, savedGroups) || (namespace && !inNamespace(unit, namespace))) return -1;
  return chooseArm(bucket(seed, unit, hashVersion), experiment.ranges ?? armRanges(variations.length, coverage, weights));
}

describeWith<Cases>('vectors/growthbook_sdk_cases.json', ({ data }) => {
  test('there are cases', () => {
    expect([data.evalCondition.length, data.run.length, data.run.filter(applies).length, data.inNamespace.length]).toEqual([248, 73, 56, 16]);
    // Features, sticky buckets, redirects, encrypted payloads, contextual bandits and URL parameters belong to feature flags, not to lists of films.
    const used = ['evalCondition', 'run', 'inNamespace', 'hash', 'getBucketRange', 'chooseVariation', 'getEqualWeights'];
    const others = Object.keys(data).filter((group) => Array.isArray(data[group]) && !used.includes(group));
    expect(others.sort()).toEqual(['contextualBandit', 'decrypt', 'feature', 'getQueryStringOverride', 'stickyBucket', 'urlRedirect']);
  });
  test.each(data.evalCondition)('%s', (_, condition, attributes, expected, groups = {}) =>
    expect(meets(attributes, condition, groups)).toBe(expected),
  );
  test.each(data.inNamespace)('%s', (_, unit, namespace, expected) => expect(inNamespace(unit, namespace)).toBe(expected));
  test.each(data.run.filter(applies))('experiment: %s', (_, context, experiment, value, inExperiment) => {
    const arm = assign(context, experiment);
    expect(arm >= 0).toBe(inExperiment);
    expect(experiment.variations[Math.max(0, arm)]).toEqual(value);
  });
});

test('the shares of equal arms', () => {
  expect(armRanges(3).map(([start, end]) => end - start)).toEqual([1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 12)));
  expect(armRanges(0)).toEqual([]);
});
