import type { Draft } from '../input.ts';

/** What the console's page of rules gets, as JSON. */
export interface RuleLine extends Draft {
  readonly id: number;
  readonly version: number;
  readonly films: FilmsAnswer;
  readonly now: 'off' | 'waiting' | 'over' | 'in force';
}
export interface FilmsAnswer {
  readonly count: number;
  readonly titles: readonly string[];
}
export interface PreviewFilm {
  readonly id: number;
  readonly title: string;
  /** the rule is about it */
  readonly touched: boolean;
}
export interface PreviewAnswer {
  readonly without: readonly PreviewFilm[];
  readonly with: readonly PreviewFilm[];
}
