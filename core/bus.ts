import type { Sql } from './database/sql.ts';

/** News between the processes of one site, over PostgreSQL's LISTEN/NOTIFY. */
export interface Bus {
  /** Sent when `tx` commits; text of at most 7,000 characters. */
  notify(tx: Sql, topic: string, text?: string): Promise<void>;
  /** Called in every process, the sender's too. `undefined`: the connection was lost and something may have been missed. Returns the undo. */
  on(topic: string, handle: (text: string | undefined) => void | Promise<void>): () => void;
}
