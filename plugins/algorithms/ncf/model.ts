import type { NeumfNetwork } from '../../../math/kernels/neumf-network.ts';

/** A trained network (math/kernels/neumf-network.ts) and what serving needs beside it. */
export type NcfModel = {
  readonly factors: number;
  readonly layers: Int32Array;
  readonly users: Float32Array;
  readonly items: Float32Array;
  readonly dense: Float32Array;
  /** the viewer of each row of `users`, ascending; rows without a positive are left out */
  readonly units: Int32Array;
  /** the mean of all viewers' embeddings, from which a new one starts */
  readonly mean: Float32Array;
  /** viewers for whom a film is a positive: the network says nothing of a film without any */
  readonly audience: Int32Array;
  /** of training: negatives to a positive */
  readonly negatives: number;
};

export const networkOf = ({ layers, ...model }: NcfModel): NeumfNetwork => ({ ...model, layers: [...layers] });
