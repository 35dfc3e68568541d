/** The basis of the discrete cosine transform of 8 samples: `basis[frequency * 8 + sample]`, orthonormal. */
const basis = Float64Array.from({ length: 64 }, (_, at) => {
  const [frequency, sample] = [at >> 3, at & 7];
  const norm = frequency === 0 ? Math.SQRT1_2 : 1;
  return (norm / 2) * Math.cos(((2 * sample + 1) * frequency * Math.PI) / 16);
});

/**
 * Levels from 0 to 255 after their blocks of 8x8 were rounded, in the cosine domain, to multiples of the steps of a table.
 * Blocks that reach over the border are filled up with its samples.
 */
export function quantiseBlocks(
  levels: Float32Array,
  width: number,
  height: number,
  table: readonly number[],
): Float32Array {
  const result = new Float32Array(levels.length);
  const block = new Float64Array(64);
  const between = new Float64Array(64);
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (let at = 0; at < 64; at++) {
        const y = Math.min(top + (at >> 3), height - 1);
        const x = Math.min(left + (at & 7), width - 1);
        block[at] = levels[y * width + x] - 128;
      }
      transform(block, between, forwards);
      for (let at = 0; at < 64; at++) block[at] = Math.round(block[at] / table[at]) * table[at];
      transform(block, between, backwards);
      for (let y = top; y < Math.min(top + 8, height); y++) {
        for (let x = left; x < Math.min(left + 8, width); x++) {
          const level = Math.round(block[(y - top) * 8 + x - left] + 128);
          result[y * width + x] = Math.min(Math.max(level, 0), 255);
        }
      }
    }
  }
  return result;
}

const forwards = (to: number, from: number) => basis[to * 8 + from];
const backwards = (to: number, from: number) => basis[from * 8 + to];

/** Multiplies a block by a matrix from both sides, in place. */
function transform(
  block: Float64Array,
  between: Float64Array,
  matrix: (to: number, from: number) => number,
): void {
  for (let row = 0; row < 8; row++) {
    for (let to = 0; to < 8; to++) {
      let sum = 0;
      for (let from = 0; from < 8; from++) sum += matrix(to, from) * block[row * 8 + from];
      between[row * 8 + to] = sum;
    }
  }
  for (let column = 0; column < 8; column++) {
    for (let to = 0; to < 8; to++) {
      let sum = 0;
      for (let from = 0; from < 8; from++) sum += matrix(to, from) * between[from * 8 + column];
      block[to * 8 + column] = sum;
    }
  }
}
