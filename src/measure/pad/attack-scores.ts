import { Problem } from '../../problem.js';

/** One presentation to a detector of presentation or morphing attacks. */
export interface Presentation {
  /** The higher, the more bona fide, such as P(bona fide); NaN where the detector gave none. */
  readonly score: number;
  /** The species of the attack instrument (print, replay, a morphing tool); undefined for a bona fide presentation. */
  readonly species: string | undefined;
  /** The person shown. Without it, a presentation is a person of its own. */
  readonly person?: string | undefined;
}

/** The scores of a detector by what was presented, in rising order and without NaN. */
export interface AttackScores {
  readonly bonaFide: Float64Array;
  /** The species in code-unit order, each with one score or more. */
  readonly species: readonly { readonly name: string; readonly scores: Float64Array }[];
  /** The scores of all attacks. */
  readonly attacks: Float64Array;
  /** Presentations without a score. */
  readonly nonResponses: { readonly bonaFide: number; readonly attacks: number };
}

/**
 * Sorts presentations by species.
 *
 * @throws Problem where there is no bona fide presentation or no attack, or one of them has no score
 */
export function attackScores(presentations: readonly Presentation[]): AttackScores {
  const bySpecies = new Map<string | undefined, number[]>();
  for (const { species, score } of presentations) {
    const scores = bySpecies.get(species) ?? [];
    bySpecies.set(species, scores);
    scores.push(score);
  }
  const bonaFide = sorted(bySpecies.get(undefined) ?? [], 'bona fide');
  const names = [...bySpecies.keys()].filter((name) => name !== undefined).sort();
  const species = names.map((name) => ({ name, scores: sorted(bySpecies.get(name)!, name) }));
  if (species.length === 0) throw noScores('attack', 0);
  const attacks = Float64Array.from(species.flatMap(({ scores }) => [...scores])).sort();
  const presented = presentations.filter((presentation) => presentation.species === undefined).length;
  return {
    bonaFide,
    species,
    attacks,
    nonResponses: {
      bonaFide: presented - bonaFide.length,
      attacks: presentations.length - presented - attacks.length,
    },
  };
}

function sorted(scores: readonly number[], kind: string): Float64Array {
  const left = Float64Array.from(scores.filter((score) => !Number.isNaN(score))).sort();
  if (left.length === 0) throw noScores(kind, scores.length);
  return left;
}

function noScores(kind: string, presented: number): Problem {
  return new Problem(
    `${kind} scores`,
    presented === 0 ? 'there are none' : `none of the ${presented} images gave a score`,
    `add ${kind} images`,
  );
}
