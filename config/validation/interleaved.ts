import { normal, type Random } from '../../math/random.ts';
import { creditSums, creditTest, preference, winsOf } from '../../plugins/experiments/statistics/interleaving/preference.ts';
import { credit, teamDraft } from '../../plugins/experiments/statistics/interleaving/team-draft.ts';
import { difference } from '../../plugins/experiments/statistics/lift.ts';
import { meanMoments } from '../../plugins/experiments/statistics/moments.ts';
import { average, repeat, share, type Finding, type Simulation } from './finding.ts';

const VIEWERS = 600;
const FILMS = 30;
const LENGTH = 10;
/** How much each ranking misjudges what a viewer likes. */
const NOISE = { worse: 0.6, better: 0.3 };

/** What a viewer thinks of each film, and how eager the viewer is to click at all; both differ between viewers. */
function viewer(random: Random): { readonly appeal: number[]; readonly eager: number } {
  return { appeal: repeat(FILMS, () => random()), eager: 0.1 + 0.5 * random() };
}
function ranking(appeal: readonly number[], noise: number, random: Random): number[] {
  const seen = appeal.map((each) => each + noise * normal(random));
  return seen.map((_, film) => film).sort((a, b) => seen[b]! - seen[a]!);
}
/** Positions that are clicked: attention falls with the position. */
const clicks = (films: readonly number[], { appeal, eager }: ReturnType<typeof viewer>, random: Random): number[] =>
  films.flatMap((film, at) => (random() < (eager * appeal[film]! ** 2) / Math.sqrt(at + 1) ? [at] : []));

/** z of one A/B test and of one interleaving with as many viewers. */
function once(sessions: number, noise: readonly [number, number], random: Random): { ab: number; interleaved: number; credit: number } {
  const arms: [number[], number[]] = [[], []];
  const scores = repeat(VIEWERS, (i) => {
    const who = viewer(random);
    const lists = () => noise.map((each) => ranking(who.appeal, each, random));
    const perSession = repeat(sessions, () => clicks(lists()[i % 2]!.slice(0, LENGTH), who, random).length);
    arms[i % 2]!.push(perSession.reduce((sum, each) => sum + each, 0));
    const total: [number, number] = [0, 0];
    for (let session = 0; session < sessions; session++) {
      const { films, teams } = teamDraft(lists(), LENGTH, random);
      credit(teams, clicks(films, who, random)).forEach((each, team) => (total[team]! += each));
    }
    return [total[1], total[0]] as const;
  });
  const effect = difference(meanMoments(arms[0]), meanMoments(arms[1]))!;
  const test = creditTest(creditSums(scores))!;
  const [low, high] = test.interval;
  return { ab: effect.effect / effect.standardError, interleaved: preference(winsOf(scores)).z, credit: (1.96 * 2 * test.mean) / (high - low) };
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

function compared(sessions: number, runs: number, random: Random, least: number): Finding[] {
  const found = repeat(runs, () => once(sessions, [NOISE.worse, NOISE.better], random));
  const [ab, drafted] = [found.map((each) => each.ab), found.map((each) => each.interleaved)];
  const times = (mean(drafted) / mean(ab)) ** 2;
  const spread = Math.sqrt(runs);
  const error = 2 * times * Math.hypot(1 / (mean(drafted) * spread), 1 / (mean(ab) * spread));
  return [
    { what: `${sessions} visits a viewer: times fewer viewers than A/B`, value: times, error, low: least, high: Infinity },
    share(`${sessions} visits a viewer: found by A/B`, ab.filter((z) => z > 1.96).length, runs, 0, 1),
    share(`${sessions} visits a viewer: found by interleaving`, drafted.filter((z) => z > 1.96).length, runs, 0, 1),
  ];
}

/** The better of two rankings is found with fewer viewers when each of them sees both. */
export const interleaved: Simulation = {
  title: 'Interleaving against A/B, 600 viewers',
  runs: { few: 10, many: 400 },
  run(runs, random) {
    const same = repeat(2 * runs, () => once(1, [NOISE.better, NOISE.better], random));
    return [
      ...compared(1, runs, random, 1.5),
      ...compared(5, runs, random, 2),
      share('two equal rankings, sign test: false wins', same.filter(({ interleaved: z }) => Math.abs(z) > 1.96).length, 2 * runs, 0.03, 0.065),
      share('two equal rankings, t test: false wins', same.filter(({ credit: z }) => Math.abs(z) > 1.96).length, 2 * runs, 0.03, 0.065),
      average(
        'two equal rankings: mean z',
        same.map((each) => each.interleaved),
        -0.05,
        0.05,
      ),
    ];
  },
};
