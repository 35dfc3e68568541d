import type { OutputEnding } from '../../onnx/inspect/output-ending.js';
import { elementCount, type Tensor } from '../../tensor/tensor.js';

/** What the values of an output are, as far as graph and behaviour tell. */
export type OutputNature =
  /** Of length 1 already, or not. */
  | 'embedding'
  | 'logits'
  | 'probabilities'
  /** One number in 0..1. */
  | 'probability'
  /** One number of any size: a regression, or a score without sigmoid. */
  | 'number'
  /** Maps, boxes, points. */
  | 'other';

export interface OutputFacts {
  readonly name: string;
  /** Lengths of the axes behind the batch. */
  readonly shape: readonly number[];
  readonly ending: OutputEnding;
  readonly nature: OutputNature;
  /** Embeddings: the network divides by the length itself. */
  readonly unitLength: boolean;
  /** Whether any value was NaN or infinite on the plain images. */
  readonly finite: boolean;
}

/** Length from which a vector is taken for an embedding rather than for the scores of classes. */
const shortestEmbedding = 64;
/** Softmax and division by a length, rounded to float32 or half precision. */
const tolerance = 5e-3;

/**
 * What an output is, from how the graph ends and from its values on a few inputs. Behaviour decides where the graph is
 * spelled in a way that is not recognised.
 * @param rows the output on the inputs of the probe, one row each.
 */
export function outputFacts(name: string, ending: OutputEnding, rows: Tensor): OutputFacts {
  const shape = rows.shape.slice(1);
  const size = elementCount(shape);
  const each = Array.from({ length: rows.shape[0] }, (_, i) => rows.data.subarray(i * size, (i + 1) * size));
  const all = (holds: (row: Float32Array) => boolean) =>
    each.every((row) => !row.every(Number.isFinite) || holds(row));
  const inUnit = all((row) => row.every((value) => value >= -tolerance && value <= 1 + tolerance));
  const sumsToOne =
    inUnit &&
    size > 1 &&
    all((row) =>
      near(
        row.reduce((sum, value) => sum + value, 0),
        1,
      ),
    );
  const unitLength =
    ending === 'unit-length' ||
    (size >= 2 &&
      all((row) =>
        near(
          row.reduce((sum, value) => sum + value * value, 0),
          1,
        ),
      ));
  const flat = shape.every((length, axis) => axis === 0 || length === 1);
  return {
    name,
    shape,
    ending,
    nature: natureOf(),
    unitLength: unitLength && !sumsToOne,
    finite: rows.data.every(Number.isFinite),
  };

  function natureOf(): OutputNature {
    if (!flat || size === 0) return 'other';
    if (ending === 'softmax' || sumsToOne) return 'probabilities';
    if (size >= shortestEmbedding || ending === 'unit-length') return 'embedding';
    if (size > 1) return 'logits';
    return ending === 'sigmoid' || (inUnit && ending !== 'other')
      ? 'probability'
      : inUnit
        ? 'probability'
        : 'number';
  }
}

function near(value: number, wanted: number): boolean {
  return Math.abs(value - wanted) <= tolerance;
}
