import type { RowSource } from '../../src/train/row-source.js';

/** Rows out of a plain list of numbers. */
export default function startMemoryRows({
  values,
  shape,
}: {
  values: readonly number[];
  shape: readonly number[];
}): RowSource {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    shape,
    write(item, _presentation, into) {
      into.set(values.slice(item * size, (item + 1) * size));
    },
  };
}
