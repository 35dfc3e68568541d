import { independent } from './independent.js';
import type { MaskDesign } from './mask-design.js';

/**
 * Each mask is followed by its complement (antithetic variates, Hammersley and Morton 1956): what segments do in pairs
 * is alike in both, and cancels out of what each does alone.
 */
export const paired: MaskDesign = {
  summary: 'each mask followed by its complement',
  block: () => 2,
  cluster: 2,
  draw: (random, segments) => {
    const block = new Uint8Array(2 * segments);
    block.set(independent.draw(random, segments));
    for (let at = 0; at < segments; at++) block[segments + at] = 1 - block[at];
    return block;
  },
};
