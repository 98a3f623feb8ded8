/** How an embedding is fitted, the network staying as it is: the size of the first step; they shrink to nothing. */
export interface Path {
  readonly steps: number;
  readonly rate: number;
}

/** An embedding on its way, all of one length. */
export interface Climber {
  readonly embedding: Float32Array;
  /** which way it should go */
  readonly slope: Float32Array;
  /** Adam's moments, zeros at first */
  readonly first: Float32Array;
  readonly second: Float32Array;
}

const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;

/** One step of Adam (Kingma & Ba, ICLR 2015), counted from 0, with the corrections of its moments for their start at 0. */
export function climb({ embedding, slope, first, second }: Climber, { steps, rate: largest }: Path, step: number): void {
  const rate = (largest * (1 - step / steps)) / (1 - BETA1 ** (step + 1));
  const scale = 1 / (1 - BETA2 ** (step + 1));
  for (let k = 0; k < embedding.length; k++) {
    first[k] = BETA1 * first[k]! + (1 - BETA1) * slope[k]!;
    second[k] = BETA2 * second[k]! + (1 - BETA2) * slope[k]! ** 2;
    embedding[k]! += (rate * first[k]!) / (Math.sqrt(second[k]! * scale) + EPSILON);
  }
}
