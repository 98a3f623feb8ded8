import type { Sight } from '../api.ts';

/** Whether somebody may see somebody: each rule is one condition over `reader` and `owner`, two SQL expressions. */
type Rule = (reader: string, owner: string) => string;

// Each is an EXISTS over two equalities: the planner looks it up by key for one pair, and hashes it once for a long list.
const same: Rule = (reader, owner) => `${owner} is not distinct from ${reader}`;
const apart: Rule = (reader, owner) => `not exists (select from block where blocker = ${reader} and blocked = ${owner})
  and not exists (select from block where blocked = ${reader} and blocker = ${owner})`;
const follows: Rule = (reader, owner) => `exists (select from follow where follower = ${reader} and followed = ${owner})`;
export const unmuted: Rule = (reader, owner) => `not exists (select from mute where muter = ${reader} and muted = ${owner})`;
const noneOf = (owner: string, levels: string): string =>
  `not exists (select from profile_privacy p where p.account = ${owner} and p.level in (${levels}))`;

const known: Rule = (reader, owner) => `${apart(reader, owner)} and ${noneOf(owner, "'private'")}`;
const shown: Rule = (reader, owner) => `${known(reader, owner)} and (${noneOf(owner, "'followers'")} or ${follows(reader, owner)})`;

const rules: Readonly<Record<Sight, Rule>> = {
  profile: (reader, owner) => `(${same(reader, owner)} or (${known(reader, owner)}))`,
  activity: (reader, owner) => `(${same(reader, owner)} or (${shown(reader, owner)}))`,
  stream: (reader, owner) => `(${same(reader, owner)} or (${unmuted(reader, owner)} and ${shown(reader, owner)}))`,
  contact: (reader, owner) => `(${reader} is not null and not (${same(reader, owner)}) and ${known(reader, owner)})`,
};

/** The policy as an SQL condition; see PrivacyService. Nothing that a person typed may be part of the expressions. */
export const condition = (what: Sight, reader: string, owner: string): string => rules[what](`(${reader})::integer`, owner);
