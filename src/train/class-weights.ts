import { Problem } from '../problem.js';

/** `balanced`: every class counts the same; `none`: every image does; else a weight for each class by its name. */
export type ClassWeights = 'balanced' | 'none' | Readonly<Record<string, number>>;

/**
 * The weight of an image of each class.
 * @param counts images of each class in the training split, in the order of `classes`
 * @throws {Problem} where a class has no image, or weights name other classes.
 */
export function classWeights(
  wanted: ClassWeights,
  classes: readonly string[],
  counts: readonly number[],
): readonly number[] {
  const empty = classes.find((_, at) => counts[at] === 0);
  if (empty !== undefined) {
    throw new Problem(
      `class "${empty}"`,
      'has no image in the training split',
      `the classes have ${classes.map((name, at) => `${name}: ${counts[at]}`).join(', ')}`,
    );
  }
  if (wanted === 'none') return classes.map(() => 1);
  if (wanted === 'balanced') {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => total / (classes.length * count));
  }
  const unknown = Object.keys(wanted).find((name) => !classes.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`--class-weights ${unknown}`, 'is no class', `the classes are ${classes.join(', ')}`);
  }
  return classes.map((name) => wanted[name] ?? 1);
}
