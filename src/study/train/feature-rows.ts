import type { RowSource } from '../../train/row-source.js';

export interface FeatureRowsOptions {
  /** Float32, one row after the other. */
  readonly features: SharedArrayBuffer;
  /** Of one row. */
  readonly shape: readonly number[];
}

/** Rows of features that were computed before. */
export default function startFeatureRows({ features, shape }: FeatureRowsOptions): RowSource {
  const all = new Float32Array(features);
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    shape,
    write(item, _presentation, into) {
      into.set(all.subarray(item * size, (item + 1) * size));
    },
  };
}
