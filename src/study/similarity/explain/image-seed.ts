import { createHash } from 'node:crypto';

/**
 * The seed of one image's masks. Every image has its own, or the chance in the masks would be the same in all maps and
 * not average out; it follows from the name, so it does not depend on the order of the work. All models share it.
 *
 * @returns a whole number below 2^32
 */
export function imageSeed(seed: number, image: string): number {
  return createHash('sha256').update(`${seed}:${image}`).digest().readUInt32LE(0);
}
