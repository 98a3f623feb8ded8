import { Identity } from '../../http/request.ts';
import type { ConsoleDeps } from '../ports.ts';

/** Names of operators by account id; those of deleted accounts and of the system are missing. */
export async function namesOf({ host }: Pick<ConsoleDeps, 'host'>, ids: Iterable<number | null>): Promise<ReadonlyMap<number, string>> {
  const identity = host.find(Identity),
    wanted = [...new Set(ids)].filter((id) => id !== null);
  const found = await Promise.all(wanted.map(async (id) => [id, (await identity?.account(id))?.name] as const));
  return new Map(found.filter((entry): entry is readonly [number, string] => entry[1] !== undefined));
}
