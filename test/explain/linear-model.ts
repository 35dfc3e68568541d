import type { Card } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { elementCount } from '../../src/tensor/tensor.js';

/** The model f(x) = W x with one row of weights an output value. It counts its runs and the largest batch. */
export interface LinearModel extends Model {
  readonly seen: { runs: number; rows: number; largestBatch: number };
}

export function linearModel(
  weights: readonly Float32Array[],
  input: Partial<Card['input']> & Pick<Card['input'], 'width' | 'height'>,
  output: Card['outputs'][string],
  rest: Partial<Card> = {},
): LinearModel {
  const seen = { runs: 0, rows: 0, largestBatch: 0 };
  const card: Card = {
    name: 'linear',
    task: 'attribute',
    input: {
      layout: 'NCHW',
      channels: 'RGB',
      mean: [0],
      std: [1],
      crop: { kind: 'whole' },
      resize: 'linear',
      ...input,
    },
    outputs: { y: output },
    ...rest,
  };
  return {
    card,
    sha256: '0'.repeat(64),
    onnx: new Uint8Array(),
    activations: {},
    inputs: [{ name: 'x', type: 'float32', shape: ['n', 3, input.height ?? 'h', input.width ?? 'w'] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['n', weights.length] }],
    seen,
    async run(feeds) {
      const { data, shape } = feeds.x;
      const size = elementCount(shape.slice(1));
      const rows = shape[0];
      seen.runs++;
      seen.rows += rows;
      seen.largestBatch = Math.max(seen.largestBatch, rows);
      const result = new Float32Array(rows * weights.length);
      for (let row = 0; row < rows; row++) {
        weights.forEach((weight, at) => {
          let sum = 0;
          for (let i = 0; i < size; i++) sum += Number(data[row * size + i]) * weight[i];
          result[row * weights.length + at] = sum;
        });
      }
      // A real model answers later and keeps nothing of its feeds.
      await new Promise((resolve) => setImmediate(resolve));
      return { y: { data: result, shape: [rows, weights.length] } };
    },
    close: () => Promise.resolve(),
  };
}
