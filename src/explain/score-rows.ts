import { availableParallelism } from 'node:os';
import { cardInput } from '../model/check-card.js';
import type { Model } from '../model/model.js';
import { outputRow } from '../model/outputs/output-row.js';
import { elementCount, type Tensor } from '../tensor/tensor.js';

export interface ScoringOptions {
  /** Images in one forward pass, at most. Scores differ by no more than float32 rounding. @default 16 */
  readonly batchSize?: number | undefined;
  /** Batches under way at the same time, each with a buffer of its own. @default number of cores */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every batch with the number of images that are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Sends `count` variants of an input through a model, batch after batch through reused buffers: memory does not grow
 * with their number.
 *
 * @param shape of one input, without the batch axis.
 * @param writeRow fills the buffer of variant `index`; the buffer holds an earlier variant or zeros.
 * @param output the output to read, by its name in the graph.
 * @param score turns its values of variant `index`, a view, into the number that is wanted.
 * @throws Problem where an output is NaN or infinite; the signal's reason where it is aborted.
 */
export function scoreRows(
  model: Model,
  shape: readonly number[],
  count: number,
  writeRow: (index: number, into: Float32Array) => void,
  output: string,
  score: (values: Float32Array, index: number) => number,
  options: ScoringOptions = {},
): Promise<Float64Array> {
  const { name: feed } = cardInput(model.card, model, model.card.name);
  return scoreBatches(
    (batch) => model.run({ [feed]: batch }, [output]),
    shape,
    count,
    writeRow,
    (outputs, row, index) => score(outputRow(model.card, outputs, output, row), index),
    options,
  );
}

/**
 * `scoreRows` of any graph.
 * @param run sends a batch through it, of which it keeps nothing.
 * @param score turns what came out for one row of the batch into the number that is wanted of variant `index`.
 */
export async function scoreBatches<Outputs>(
  run: (batch: Tensor) => Promise<Outputs>,
  shape: readonly number[],
  count: number,
  writeRow: (index: number, into: Float32Array) => void,
  score: (outputs: Outputs, row: number, index: number) => number,
  options: ScoringOptions = {},
): Promise<Float64Array> {
  const { batchSize = 16, concurrency = availableParallelism(), signal, onProgress } = options;
  // Batches of equal length, so that no core waits for another. The number of cores has no say in it: a map is the same
  // on every machine, to the bit.
  const rows = Math.ceil(count / Math.ceil(count / batchSize));
  const size = elementCount(shape);
  const scores = new Float64Array(count);
  let next = 0;
  let done = 0;

  async function lane(): Promise<void> {
    const buffer = new Float32Array(rows * size);
    while (next < count) {
      signal?.throwIfAborted();
      const first = next;
      const length = Math.min(rows, count - first);
      next += length;
      for (let row = 0; row < length; row++) {
        writeRow(first + row, buffer.subarray(row * size, (row + 1) * size));
      }
      const data = buffer.subarray(0, length * size);
      const outputs = await run({ data, shape: [length, ...shape] });
      for (let row = 0; row < length; row++) {
        scores[first + row] = score(outputs, row, first + row);
      }
      done += length;
      onProgress?.(done, count);
    }
  }

  const running = Array.from({ length: Math.min(concurrency, Math.ceil(count / batchSize)) }, async () => {
    try {
      await lane();
    } catch (error) {
      // The other lanes finish their batch and stop.
      next = count;
      throw error;
    }
  });
  const failed = (await Promise.allSettled(running)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return scores;
}

/** The values of one output for a single input. */
export async function outputOf(
  model: Model,
  shape: readonly number[],
  write: (into: Float32Array) => void,
  output: string,
): Promise<Float32Array> {
  const data = new Float32Array(elementCount(shape));
  write(data);
  const { name: feed } = cardInput(model.card, model, model.card.name);
  const outputs = await model.run({ [feed]: { data, shape: [1, ...shape] } }, [output]);
  return outputRow(model.card, outputs, output, 0);
}
