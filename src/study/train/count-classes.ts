import { splitNames, type Split } from '../../dataset/people/split-people.js';
import { Problem } from '../../problem.js';
import type { Example } from './examples.js';

/** Images of each class in a split. */
export type ClassCounts = Readonly<Record<string, number>>;

/**
 * How many examples of each class each split has.
 * @throws {Problem} where a split lacks a class.
 */
export function countClasses(
  examples: Readonly<Record<Split, readonly Pick<Example, 'class'>[]>>,
  classes: readonly string[],
): Record<Split, ClassCounts> {
  const counts = splitNames.map((split): [Split, ClassCounts] => {
    const of = (name: string) => examples[split].filter((example) => example.class === name).length;
    const own = classes.map((name) => [name, of(name)] as const);
    const empty = own.find(([, count]) => count === 0);
    if (empty !== undefined) {
      const all = own.map(([name, count]) => `${name}: ${count}`).join(', ');
      throw new Problem(
        `class "${empty[0]}"`,
        `has no image in the split ${split} (${all})`,
        'add images of it, change --splits, or take another --seed',
      );
    }
    return [split, Object.fromEntries(own)];
  });
  return Object.fromEntries(counts) as Record<Split, ClassCounts>;
}
