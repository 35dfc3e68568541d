import { independent } from './independent.js';
import type { MaskDesign } from './mask-design.js';

/**
 * Blocks in which any three segments are shown and hidden equally often in each of the eight ways: a Hadamard matrix
 * (Sylvester's) folded over with its complement, an orthogonal array of strength 3 (Hedayat, Sloane and Stufken 1999,
 * theorem 7.5). What one segment does is not mixed up with what pairs do. Segments take random columns, each column is
 * turned over by the toss of a coin, and rows come in random order, each followed by its complement.
 *
 * Standard errors take a pair for one draw: the balance between the pairs of a block makes the true errors, if
 * anything, smaller.
 */
export const balanced: MaskDesign = {
  summary: 'blocks in which any three segments go together equally often in all ways',
  block: (segments) => 2 * order(segments),
  cluster: 2,
  draw: (random, segments) => {
    const columns = random.permutation(order(segments) - 1);
    const turned = independent.draw(random, segments);
    const block = new Uint8Array(2 * order(segments) * segments);
    let at = 0;
    for (const row of random.permutation(order(segments))) {
      for (let segment = 0; segment < segments; segment++, at++) {
        block[at] = parity(row & (columns[segment] + 1)) ^ turned[segment];
        block[at + segments] = 1 - block[at];
      }
      at += segments;
    }
    return block;
  },
};

/** The smallest power of 2 above the number of segments: each takes a column, and the constant column none. */
function order(segments: number): number {
  return 2 ** Math.ceil(Math.log2(segments + 1));
}

/** 1 where an odd number of bits is set. */
function parity(bits: number): number {
  let left = bits;
  for (let shift = 16; shift > 0; shift >>= 1) left ^= left >>> shift;
  return left & 1;
}
