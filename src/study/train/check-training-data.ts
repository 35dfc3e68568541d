import { splitNames, type Split } from '../../dataset/people/split-people.js';
import { Problem } from '../../problem.js';
import type { Example } from './examples.js';

/** Images of each class in a split. */
export type ClassCounts = Readonly<Record<string, number>>;

export function classCounts(
  examples: readonly Pick<Example, 'class'>[],
  classes: readonly string[],
): ClassCounts {
  return Object.fromEntries(
    classes.map((name) => [name, examples.filter((example) => example.class === name).length]),
  );
}

/** @throws {Problem} where a split lacks a class. */
export function checkClasses(counts: Readonly<Record<Split, ClassCounts>>): void {
  for (const split of splitNames) {
    const empty = Object.entries(counts[split]).find(([, count]) => count === 0);
    if (empty === undefined) continue;
    const all = Object.entries(counts[split]).map(([name, count]) => `${name}: ${count}`);
    throw new Problem(
      `class "${empty[0]}"`,
      `has no image in the split ${split} (${all.join(', ')})`,
      'add images of it, change --splits, or take another --seed',
    );
  }
}
