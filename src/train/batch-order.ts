import { RandomState } from '../tensor/random.js';

/**
 * The batches of an epoch: all items in an order that seed and epoch alone decide. The last batch may be smaller.
 * @param items what to put in order, such as indices of images
 * @param epoch from 0
 */
export function batchesOf(
  items: readonly number[],
  { size, seed, epoch }: { size: number; seed: number; epoch: number },
): number[][] {
  const order = new RandomState([seed, epoch]).permutation(items.length);
  const batches: number[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(Array.from(order.subarray(start, start + size), (position) => items[position]));
  }
  return batches;
}
