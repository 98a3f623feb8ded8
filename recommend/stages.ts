import type { Position, Viewer } from './algorithm.ts';
import type { LoadedModel } from './models/registry.ts';
import type { Overrides } from './overrides.ts';
import type { Catalogue } from './ports.ts';
import type { Assignment } from './served.ts';

/** An arm that a unit is in, and what it changes for it. */
export interface Assigned extends Assignment {
  /** null: the site's default blend, or another experiment's */
  readonly blendVersion: number | null;
  readonly overrides: Overrides;
  /** versions that serve instead of those in service, by algorithm */
  readonly models: ReadonlyMap<string, LoadedModel>;
  /** an operator wished to see this arm: it is served, but not counted */
  readonly forced: boolean;
  /** an interleaving: the lists of these arms are merged into one */
  readonly teams?: readonly Assigned[];
}
/** In memory and synchronous: it runs for every page. */
export type Assign = (viewer: Viewer, catalogue: Catalogue, at: Date) => readonly Assigned[];

/** Puts a unit into the arms of the running experiments. `load` runs once a request, beside the reading of the history. */
export interface Assigner {
  load(unit: number): Promise<Assign> | Assign;
}

/** Takes films out of every list of a viewer. `load` runs once a request. */
export interface Filter {
  readonly id: string;
  load(unit: number): Promise<(film: Position) => boolean>;
}

/** What an operator's rules, or the viewer's friends, do to one viewer's lists. */
export interface Adjustment {
  /** says which rules these are: lists are kept between requests under it */
  readonly key: string;
  /** added to the blended scores of some films, in standard deviations of a score */
  readonly boost?: ReadonlyMap<Position, number> | undefined;
  /** 1 = in no list; one a position */
  readonly excluded?: Uint8Array | undefined;
  /** films with a place of their own (0 = first) in the viewer's main list */
  readonly pins: readonly { readonly film: Position; readonly place: number }[];
  /** what is said of a film, before any algorithm's reason: "Ada recommends it" */
  readonly reasons?: ReadonlyMap<Position, string> | undefined;
  /** the same after any algorithm's reason, and before it in rows that ask for it: "Ada loved it" */
  readonly asides?: ReadonlyMap<Position, string> | undefined;
}

/** Changes what films are worth, after blending. In memory and synchronous: it runs for every page. */
export interface Adjuster {
  adjust(viewer: Viewer, catalogue: Catalogue, at: Date): Adjustment | undefined;
}

/** The same where something has to be read of the viewer first. `load` runs once a request, beside the reading of the history. */
export interface ReadingAdjuster {
  load(unit: number): Promise<Adjuster>;
}
