/** One input of a network that an evaluation changes pixel by pixel. */
export interface ImageInput {
  /** `width * height * channels` values, as the network takes them. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Whether a pixel's channels lie in planes (`CHW`) or side by side (`HWC`). */
  readonly layout: 'CHW' | 'HWC';
}

/**
 * Scores inputs: the value that the map explains, one an input.
 *
 * @param batch `count` inputs one after the other; the buffer is used again for the next batch.
 */
export type ScoreInputs = (
  batch: Float32Array,
  count: number,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** What stands for a removed pixel: one value for all, or an input of the same size (such as a blurred one). */
export type Baseline = number | Float32Array;

/** The baseline as an input. */
export function baselineValues(baseline: Baseline, { values }: ImageInput): Float32Array {
  if (typeof baseline === 'number') return new Float32Array(values.length).fill(baseline);
  if (baseline.length !== values.length) throw new RangeError('The baseline and the input differ in size.');
  return baseline;
}

/** Copies one pixel, all its channels. */
export function copyPixel(
  from: Float32Array,
  to: Float32Array,
  pixel: number,
  { width, height, channels, layout }: ImageInput,
): void {
  if (layout === 'HWC') {
    for (let at = pixel * channels; at < (pixel + 1) * channels; at++) to[at] = from[at];
  } else {
    const pixels = width * height;
    for (let at = pixel; at < pixels * channels; at += pixels) to[at] = from[at];
  }
}

/** The scores of `count` inputs that `fill` writes one at a time, in batches through one buffer. */
export async function scoreInBatches(
  count: number,
  inputLength: number,
  batchSize: number,
  fill: (index: number, into: Float32Array) => void,
  score: ScoreInputs,
): Promise<Float64Array> {
  const buffer = new Float32Array(Math.min(batchSize, count) * inputLength);
  const scores = new Float64Array(count);
  for (let first = 0; first < count; first += batchSize) {
    const inBatch = Math.min(batchSize, count - first);
    for (let item = 0; item < inBatch; item++) {
      fill(first + item, buffer.subarray(item * inputLength, (item + 1) * inputLength));
    }
    const own = await score(buffer.subarray(0, inBatch * inputLength), inBatch);
    for (let item = 0; item < inBatch; item++) scores[first + item] = own[item];
  }
  return scores;
}
