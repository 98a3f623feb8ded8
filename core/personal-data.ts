import type { Brought, BroughtFilm, Taken } from '../recommend/brought.ts';
import type { Sql } from './database/sql.ts';

/** Whose data it is: the account and the unit that holds its history. */
export interface Owner {
  readonly account: number;
  readonly unit: number;
}
/** A line of an exported file: a column's name to a plain value; a Date becomes ISO 8601. */
export type ExportedRow = Readonly<Record<string, string | number | boolean | Date | null>>;

/** What a plugin's tables hold of an account. It works on tables alone, so it is asked whether the plugin is on or off. */
export interface PersonalData {
  /** The rows of each file that the owner may take along, by the file's name without ending: "ratings". */
  export(sql: Sql, owner: Owner): Promise<Readonly<Record<string, readonly ExportedRow[]>>>;
  /**
   * The account is deleted for good: takes everything of it away, in the transaction of the deletion. With `keepTexts`
   * what it wrote to others stays, under the name of somebody who left: the account's row remains, with nothing personal.
   */
  erase(tx: Sql, owner: Owner, choice: { readonly keepTexts: boolean }): Promise<void>;
  /** what of `bring` it takes */
  readonly brings?: readonly Brought[];
  /** Takes in what is not there yet; a second time nothing. With `replace` also what says otherwise. */
  bring?(tx: Sql, owner: Owner, films: readonly BroughtFilm[], choice: { readonly replace: boolean }): Promise<Taken>;
}
