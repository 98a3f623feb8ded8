import type { Random } from '../../../../math/random.ts';
import type { Ink } from '../palettes.ts';

/** The picture: 600 wide, `h` (540 … 780) high, already filled with the sky colour; what runs over its edge is cut. */
export interface Stage {
  readonly ink: Ink;
  readonly random: Random;
  readonly h: number;
}
/** Draws one composition; its lower edge may end in solid `land` so that it joins the title's ground. */
export type Scene = (stage: Stage) => string;
