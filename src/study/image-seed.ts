import { createHash } from 'node:crypto';

/**
 * The seed of one image in a study: of the masks that hide parts of it, or of what is put into it. Every image has its
 * own, or the chance in all of them would be the same and not average out; it follows from the name, so it does not depend
 * on the order of the work, on the workers or on resuming.
 *
 * @param image its name in the study
 * @returns a whole number below 2^32
 */
export function imageSeed(seed: number, image: string): number {
  return createHash('sha256').update(`${seed}:${image}`).digest().readUInt32LE(0);
}
