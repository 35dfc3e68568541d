import { Constant } from '../constant.js';

/** A stored tensor with its axes in another order; 16-bit floats become float32. */
export function transposed(constant: Constant, order: readonly number[]): Constant {
  const { shape, data } = constant;
  const steps = order.map((axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const lengths = order.map((axis) => shape[axis]);
  const out = data.slice();
  const place = new Int32Array(order.length);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from];
    // The next place, counted like an odometer: the last axis first.
    for (let axis = order.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++place[axis] < lengths[axis]) break;
      from -= steps[axis] * lengths[axis];
      place[axis] = 0;
    }
  }
  const { elementType } = constant;
  return Constant.from(
    elementType === 'float16' || elementType === 'bfloat16' ? 'float32' : elementType,
    out,
    lengths,
  );
}
