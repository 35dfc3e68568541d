import type { ShapePredictor } from '../../../../src/face/landmarks/dlib/shape-predictor.js';

/** dlib's `serialize` for the types of a shape predictor, written from dlib/serialize.h for the tests. */
export function serialise(predictor: ShapePredictor): Uint8Array {
  const bytes: number[] = [];
  const integer = (value: number) => {
    const magnitude: number[] = [];
    let rest = Math.abs(value);
    do {
      magnitude.push(rest % 256);
      rest = Math.floor(rest / 256);
    } while (rest > 0);
    bytes.push(magnitude.length | (value < 0 ? 0x80 : 0), ...magnitude);
  };
  const float = (value: number) => {
    if (!Number.isFinite(value)) {
      integer(0);
      integer(Number.isNaN(value) ? 32002 : value > 0 ? 32000 : 32001);
      return;
    }
    let mantissa = value;
    let exponent = 0;
    while (!Number.isInteger(mantissa)) {
      mantissa *= 2;
      exponent--;
    }
    while (Math.abs(mantissa) >= 2 ** 24) {
      mantissa /= 2;
      exponent++;
    }
    integer(mantissa);
    integer(exponent);
  };
  const column = (values: Float32Array) => {
    integer(-values.length);
    integer(-1);
    values.forEach(float);
  };

  const { parts, cascades, trees, splits, pixels } = predictor;
  integer(1);
  column(predictor.initialShape);
  integer(cascades);
  for (let cascade = 0; cascade < cascades; cascade++) {
    integer(trees);
    for (let tree = cascade * trees; tree < (cascade + 1) * trees; tree++) {
      integer(splits);
      for (let node = tree * splits; node < (tree + 1) * splits; node++) {
        integer(predictor.first[node]);
        integer(predictor.second[node]);
        float(predictor.threshold[node]);
      }
      integer(splits + 1);
      for (let leaf = tree * (splits + 1); leaf < (tree + 1) * (splits + 1); leaf++) {
        column(predictor.leaves.subarray(leaf * parts * 2, (leaf + 1) * parts * 2));
      }
    }
  }
  integer(cascades);
  for (let cascade = 0; cascade < cascades; cascade++) {
    integer(pixels);
    predictor.anchor.subarray(cascade * pixels, (cascade + 1) * pixels).forEach(integer);
  }
  integer(cascades);
  for (let cascade = 0; cascade < cascades; cascade++) {
    integer(pixels);
    predictor.delta.subarray(cascade * pixels * 2, (cascade + 1) * pixels * 2).forEach(float);
  }
  return Uint8Array.from(bytes);
}

/** A small predictor with pseudo-random content: 3 landmarks, 2 cascades of 4 trees of depth 2, 5 pixels. */
export function smallPredictor(seed = 1): ShapePredictor {
  let state = seed;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const floats = (length: number, spread: number) =>
    Float32Array.from({ length }, () => (random() - 0.5) * spread);
  const indices = (length: number, count: number) =>
    Uint16Array.from({ length }, () => Math.floor(random() * count));
  return {
    parts: 3,
    cascades: 2,
    trees: 4,
    splits: 3,
    pixels: 5,
    initialShape: Float32Array.of(0.25, 0.25, 0.75, 0.25, 0.5, 0.875),
    first: indices(2 * 4 * 3, 5),
    second: indices(2 * 4 * 3, 5),
    threshold: floats(2 * 4 * 3, 100),
    leaves: floats(2 * 4 * 4 * 6, 0.05),
    anchor: indices(2 * 5, 3),
    delta: floats(2 * 5 * 2, 0.5),
  };
}
