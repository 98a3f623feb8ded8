import type { Position } from './algorithm.ts';
import type { Assignment } from './served.ts';

/** Puts a unit into the arms of the running experiments. In memory and synchronous: it runs for every list. */
export interface Assigner {
  assign(unit: number): readonly (Assignment & { readonly blendVersion: number })[];
}

/** Takes films out of every list of a viewer. `load` runs once a request. */
export interface Filter {
  readonly id: string;
  load(unit: number): Promise<(film: Position) => boolean>;
}
