import type { Card } from '../../model/card.js';
import { Problem } from '../../problem.js';

/** The size of the faces of a study, which is that of the network's input. @throws Problem where it takes any size. */
export function faceSize({ name, input: { width, height } }: Card): { width: number; height: number } {
  if (width !== null && height !== null) return { width, height };
  throw new Problem(
    name,
    'takes images of any size, and a study needs one size for all',
    'give a card with a width and a height with --card',
  );
}
