import { RandomState } from '../../tensor/random.js';
import { spearmanCorrelation } from '../agreement/spearman-correlation.js';
import {
  type Baseline,
  baselineValues,
  copyPixel,
  type ImageInput,
  scoreInBatches,
  type ScoreInputs,
} from './scored-input.js';

export interface MuFidelityOptions {
  readonly input: ImageInput;
  /** One value a pixel. */
  readonly map: Float32Array;
  readonly score: ScoreInputs;
  /** @default 0 */
  readonly baseline?: Baseline | undefined;
  /** Cells a side of the grid that subsets are made of; `pixels` lets every pixel be a cell. @default 9 */
  readonly grid?: number | 'pixels' | undefined;
  /** The share of the cells in a subset, in (0, 1). @default 0.2 */
  readonly share?: number | undefined;
  /** @default 200 */
  readonly subsets?: number | undefined;
  /** @default 16 */
  readonly batchSize?: number | undefined;
  /** @default 0 */
  readonly seed?: number | undefined;
}

/**
 * muFidelity (Bhatt et al., "Evaluating and aggregating feature-based model explanations", IJCAI 2020): over random
 * subsets S of the image, the Spearman correlation between the sum of the map over S and the fall of the score when S
 * is set to the baseline. From -1 to 1; 1 where the map orders the subsets by their effect. The defaults are
 * those of Xplique 2.0, whose random subsets are others.
 *
 * @returns NaN where all subsets have one sum or one effect
 */
export async function muFidelity({
  input,
  map,
  score,
  baseline = 0,
  grid = 9,
  share = 0.2,
  subsets = 200,
  batchSize = 16,
  seed = 0,
}: MuFidelityOptions): Promise<number> {
  const { width, height, values } = input;
  if (map.length !== width * height) throw new RangeError('The map and the input differ in size.');
  const removed = baselineValues(baseline, input);
  const columns = grid === 'pixels' ? width : Math.min(grid, width);
  const rows = grid === 'pixels' ? height : Math.min(grid, height);
  const inSubset = Math.max(1, Math.floor(columns * rows * share));
  const random = new RandomState(seed);
  const chosen = new Uint8Array(columns * rows);
  const sums = new Float64Array(subsets);

  const scores = await scoreInBatches(
    subsets + 1,
    values.length,
    batchSize,
    (index, into) => {
      into.set(values);
      if (index === subsets) return;
      chosen.fill(0);
      for (const cell of random.permutation(columns * rows).subarray(0, inSubset)) chosen[cell] = 1;
      for (let pixel = 0; pixel < map.length; pixel++) {
        const column = Math.floor(((pixel % width) * columns) / width);
        const row = Math.floor((Math.floor(pixel / width) * rows) / height);
        if (chosen[row * columns + column] === 0) continue;
        sums[index] += map[pixel];
        copyPixel(removed, into, pixel, input);
      }
    },
    score,
  );
  const whole = scores[subsets];
  return spearmanCorrelation(
    sums,
    scores.subarray(0, subsets).map((own) => whole - own),
  );
}
