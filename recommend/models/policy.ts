import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { audit } from '../../core/audit.ts';
import { stale } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';

const from = (least: number, most: number, what: string) => `must be ${what} from ${least} to ${most}`;
const wanted = z.strictObject({
  tolerance: z
    .number(from(0, 1, 'a number'))
    .min(0, from(0, 1, 'a number'))
    .max(1, from(0, 1, 'a number')),
  kept: z
    .int(from(2, 50, 'a whole number'))
    .min(2, from(2, 50, 'a whole number'))
    .max(50, from(2, 50, 'a whole number')),
  version: z.int('must be the version that you looked at'),
});

/** How strict the gate is and how much is kept, for all algorithms. */
export interface ModelPolicy {
  /** how far NDCG@10 may fall, as a fraction of the champion's; 1 lets everything through */
  readonly tolerance: number;
  /** versions of each algorithm, refused ones included */
  readonly kept: number;
  /** counts changes, to notice stale edits */
  readonly version: number;
}

export const policyOf = async (sql: Sql): Promise<ModelPolicy> => (await sql.one<ModelPolicy>('select tolerance, kept, version from model_policy'))!;

/**
 * Stores the policy with its audit row. It holds from the next training on.
 * @throws AppError for values out of range and for stale edits
 */
export async function changePolicy(sql: Sql, input: unknown, operator: number): Promise<void> {
  const { version, ...after } = read(wanted, input);
  await sql.transaction(async (tx) => {
    const { version: current, ...before } = (await tx.one<ModelPolicy>('select tolerance, kept, version from model_policy for update'))!;
    if (current !== version) throw stale('policy');
    await tx.rows('update model_policy set tolerance = $1, kept = $2, version = version + 1', [after.tolerance, after.kept]);
    await audit(tx, { operator, action: 'model.policy', subject: 'models', before, after });
  });
}
