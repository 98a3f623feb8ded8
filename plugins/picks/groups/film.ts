/** What a group is made of and named after. */
export interface Candidate {
  readonly id: number;
  readonly year: number | null;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  /** how many viewers rated it */
  readonly ratings: number;
}

export interface Group {
  readonly name: string;
  /** ids, the one that tells most first */
  readonly films: readonly number[];
}

/** How many groups a viewer chooses from, and how many films stand for each. */
export const groupCount = 6;
export const groupSize = 4;
