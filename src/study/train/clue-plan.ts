import { Problem } from '../../problem.js';
import type { CluePlan } from './examples.js';
import type { TrainOptions } from './train-options.js';

/**
 * What the options say of clues; undefined where there are none.
 * @param classes those of the network; undefined where they are still to be made, and an attack may be a new one
 * @throws {Problem} where it is not known what is bona fide, or which of several classes an attack is.
 */
export function cluePlan(
  { clues, clueClass, clueProbability, clueSeverity }: TrainOptions,
  bonaFide: string | undefined,
  classes?: readonly string[],
): CluePlan | undefined {
  if (clues === undefined) return undefined;
  if (bonaFide === undefined) {
    throw new Problem(
      '--clues',
      'turn bona fide images into attacks, and which class is bona fide is not known',
      classes === undefined ? 'say it with --bona-fide' : 'add bonaFide to the card',
    );
  }
  return {
    clues,
    probability: clueProbability,
    severity: clueSeverity,
    bonaFide,
    attack: attackClass(clueClass, bonaFide, classes),
  };
}

function attackClass(
  wanted: string | undefined,
  bonaFide: string,
  classes: readonly string[] | undefined,
): string {
  if (classes === undefined) return wanted ?? 'attack';
  const others = classes.filter((name) => name !== bonaFide);
  if (wanted === undefined && others.length === 1) return others[0];
  if (wanted !== undefined && others.includes(wanted)) return wanted;
  throw new Problem(
    wanted === undefined ? '--clue-class' : `--clue-class ${wanted}`,
    `must be one of the network's attack classes: ${others.join(', ')}`,
  );
}
