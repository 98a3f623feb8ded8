import type { Sql } from '../database/sql.ts';
import type { Role } from '../http/request.ts';

export interface ConsoleField {
  readonly type: 'string' | 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'json' | 'list';
  readonly title?: string;
  /** may be written through the console; default false */
  readonly editable?: boolean;
  readonly required?: boolean;
  /** allowed values of a choice */
  readonly choices?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** id of the resource that this column points to */
  readonly reference?: string;
  /** stands for no value, on a column that is not editable */
  readonly empty?: string;
  /** shown in the list; default true */
  readonly list?: boolean;
}

/** One table that operators may see; only the named columns exist for the console, so a secret column cannot leak. */
export interface ConsoleResource {
  /** id, and the table's name unless `table` is given */
  readonly id: string;
  readonly table?: string;
  readonly title: string;
  /** group in the console's navigation */
  readonly group: string;
  readonly fields: Readonly<Record<string, ConsoleField>>;
  /** the primary key; default "id" */
  readonly key?: string;
  /** who may do what; an action not named is refused. Every write is audited in its transaction. */
  readonly allow: { readonly list: Role; readonly new?: Role; readonly edit?: Role; readonly delete?: Role };
  /** topic of the bus that is told of each change */
  readonly notify?: string;
}

/** A page of our own in the console, built ahead of time into the one bundle. */
export interface ConsolePage {
  readonly id: string;
  readonly title: string;
  /** name of an icon of the console's design system */
  readonly icon: string;
  readonly role: Role;
  /** the .tsx file with the component as default export */
  readonly component: URL;
}

/** One number on the console's first page. */
export interface Figure {
  /** "Lists served", "Click-through rate" */
  readonly label: string;
  readonly value: number;
  readonly unit?: 'count' | 'share';
  /** what it covers: "last 24 hours" */
  readonly period?: string;
  /** the same over the period before, to compare with */
  readonly before?: number;
  /** page of the console that says more; no link for those who may not open it */
  readonly page?: string;
}

/** Something that operators can do with what a page of the core shows, in a button there while the plugin is on. */
export interface ConsoleAction {
  /** "suggestion": weights that were learned */
  readonly at: 'suggestion';
  readonly title: string;
  /** below the plugin's `consoleRoutes`: a POST of { run }, which answers { page } of the console to go on with */
  readonly path: string;
}

export interface ConsolePart {
  readonly resources?: readonly ConsoleResource[];
  readonly pages?: readonly ConsolePage[];
  readonly actions?: readonly ConsoleAction[];
  /** asked for whenever the overview is looked at, while the plugin is on; keep it to a few quick queries */
  readonly figures?: (sql: Sql, now: Date) => Promise<readonly Figure[]>;
}
