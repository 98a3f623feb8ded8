/** How the lists changed from the model that was in service, live folding-in included, to the one that was just trained. */
export interface Drift {
  /** mean share of common films among the twenty best of each, 0 … 1; 1 = the same lists */
  readonly overlap20: number;
  /** viewers compared */
  readonly viewers: number;
  /** of the model that was in service */
  readonly version: number;
  /** updates that had gone into that one */
  readonly revision: number;
}

/** Offline metrics on the temporal hold-out; unless said otherwise they lie in 0 … 1. Older versions lack some. */
export interface Metrics {
  /** share of viewers with at least one held-out film among their ten */
  readonly hitRate10: number;
  /** normalised discounted cumulative gain (Järvelin & Kekäläinen 2002) at ten, binary relevance */
  readonly ndcg10: number;
  /** 95 % bootstrap interval of `ndcg10` over viewers */
  readonly ndcg10Low?: number;
  readonly ndcg10High?: number;
  /** share of the held-out films that stand in their viewer's ten */
  readonly recall10?: number;
  /** mean of 1 / rank of the first held-out film; 0 where none is in the ten */
  readonly mrr10?: number;
  /** mean surprise of the films listed, −log₂ of the share that each has of all ratings, in bits */
  readonly novelty10?: number;
  /** share of all films that stand in anybody's ten */
  readonly coverage10: number;
  /** films that anybody measured has a score for; the other algorithms must recommend the others */
  readonly scored?: number;
  /** viewers measured */
  readonly viewers: number;
  readonly drift?: Drift;
}
