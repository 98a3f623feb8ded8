/** The way to the database for everybody. Values are always bound ($1, $2 …), never written into the text. */
export interface Sql {
  rows<T extends object>(text: string, bind?: readonly unknown[]): Promise<T[]>;
  /** The first row, or undefined. */
  one<T extends object>(text: string, bind?: readonly unknown[]): Promise<T | undefined>;
  /** All or nothing. Inside a transaction it joins that transaction. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
}
