import type { Sql } from './database/sql.ts';

export interface AuditEntry {
  /** account id of the operator; null = the system itself */
  readonly operator: number | null;
  /** "blend.save", "plugin.disable", "experiment.launch" … */
  readonly action: string;
  /** what was changed: "blend 1", "plugin svd" */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Adds a row to the append-only audit log, in the transaction of the change itself. */
export async function audit(tx: Sql, entry: AuditEntry): Promise<void> {
  await tx.rows(`insert into audit_log (operator, action, subject, before, after) values ($1, $2, $3, $4, $5)`, [
    entry.operator,
    entry.action,
    entry.subject,
    json(entry.before),
    json(entry.after),
  ]);
}
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
