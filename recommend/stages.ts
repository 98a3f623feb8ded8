import type { Position, Viewer } from './algorithm.ts';
import type { Catalogue } from './ports.ts';
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

/** What an operator's rules do to one viewer's lists. */
export interface Adjustment {
  /** says which rules these are: lists are kept between requests under it */
  readonly key: string;
  /** added to the blended scores, one a position, in standard deviations of a score; no change where undefined */
  readonly boost?: Float32Array | undefined;
  /** 1 = in no list; one a position */
  readonly excluded?: Uint8Array | undefined;
  /** films with a place of their own (0 = first) in the viewer's main list */
  readonly pins: readonly { readonly film: Position; readonly place: number }[];
}

/** Changes what films are worth, after blending. In memory and synchronous: it runs for every page. */
export interface Adjuster {
  adjust(viewer: Viewer, catalogue: Catalogue, at: Date): Adjustment | undefined;
}
