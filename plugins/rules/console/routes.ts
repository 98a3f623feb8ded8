import { Router } from 'express';
import { z } from 'zod';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { AccountsService } from '../../accounts/api.ts';
import type { Catalogue } from '../../../recommend/ports.ts';
import type { Recommender } from '../../../recommend/index.ts';
import { CompiledRules } from '../compile.ts';
import { readDraft, targets } from '../input.ts';
import type { LoadedRule, Rules } from '../store.ts';

const Version = z.object({ version: z.int('must be the version that you looked at') });
const Asked = z.strictObject({ target: z.enum(targets), value: z.string().max(200) });
/** `id`: the stored rule that the draft would replace */
const Preview = z.strictObject({
  unit: z.int32('choose a viewer').positive('choose a viewer'),
  id: z.int().nullable().default(null),
  draft: z.unknown(),
});
const named = 5,
  listLength = 12;

export interface Parts {
  readonly rules: Rules;
  readonly recommender: Recommender;
  readonly accounts: Pick<AccountsService, 'refuseUnknown'>;
  readonly catalogue: () => Catalogue;
}

/** Data of the console's page of rules. */
export const ruleRoutes = ({ rules, recommender, accounts, catalogue }: Parts): Router =>
  Router()
    .get('/rules', async (request, response) => {
      requireRole(request, 'manager');
      response.json({
        rules: (await rules.all()).map((rule) => ({ ...rule, films: summary(rule.films, catalogue()), now: stateOf(rule, request.clock) })),
      });
    })
    .get('/films', async (request, response) => {
      requireRole(request, 'manager');
      const { target, value } = read(Asked, request.query);
      response.json(summary(await rules.films(target, value), catalogue()));
    })
    // POST because of its size; it changes nothing.
    .post('/preview', async (request, response) => {
      requireRole(request, 'manager');
      const { unit, id, draft } = read(Preview, request.body);
      await accounts.refuseUnknown(unit);
      const all = await rules.all(),
        own = readDraft(draft);
      const films = await rules.films(own.target, own.value);
      const rule: LoadedRule = { ...own, id: 0, version: 0, films, startsAt: null, endsAt: null, enabled: true };
      const listWith = async (rows: readonly LoadedRule[]): Promise<object[]> => {
        const adjuster = new CompiledRules();
        adjuster.replace(rows);
        const session = await recommender.open(unit, request.clock, { adjuster });
        return session
          .forViewer({ surface: 'console.rules', size: listLength })
          .films.map(({ film, position }) => ({ id: film, title: catalogue().cards[position]!.title, touched: films.includes(film) }));
      };
      const others = all.filter((one) => one.id !== id);
      response.json({ without: await listWith(others), with: await listWith([...others, rule]) });
    })
    .post('/rules', async (request, response) => {
      const operator = requireRole(request, 'manager').id;
      response.status(201).json(await rules.create(request.body, operator));
    })
    .post('/rules/:id', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { version, ...draft } = read(Version.loose(), request.body);
      response.json(await rules.edit(idFrom(request.params.id, 'rule'), version, draft, operator));
    })
    .post('/rules/:id/delete', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { version } = read(Version, request.body);
      await rules.remove(idFrom(request.params.id, 'rule'), version, operator);
      response.json({});
    });

const summary = (films: readonly number[], catalogue: Catalogue): object => ({
  count: films.length,
  titles: films.slice(0, named).map((id) => catalogue.cards[catalogue.position(id) ?? -1]?.title ?? `film ${id}`),
});

function stateOf({ enabled, startsAt, endsAt }: LoadedRule, now: Date): 'off' | 'waiting' | 'over' | 'in force' {
  if (!enabled) return 'off';
  if (startsAt && startsAt > now) return 'waiting';
  return endsAt && endsAt <= now ? 'over' : 'in force';
}
