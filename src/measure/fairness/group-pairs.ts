import type { PairIdentities } from '../identity-bootstrap.js';
import type { VerificationTrial } from '../verification/verification-intervals.js';

/** One compared pair with the groups of its two images. */
export interface GroupedTrial extends VerificationTrial {
  readonly groups: PairIdentities;
}

/** Errors and trials of each pair of groups, either order: `at(a, b) === at(b, a)`. */
export interface PairCounts {
  readonly falseMatches: Float64Array;
  readonly impostor: Float64Array;
  readonly falseNonMatches: Float64Array;
  readonly genuine: Float64Array;
}

/** Counts the errors at a threshold for every pair of groups, whatever the weights of the trials. */
export class GroupPairs {
  /** In code-unit order. */
  readonly groups: readonly string[];
  readonly #cells: Int32Array;
  readonly #genuine: readonly boolean[];
  readonly #wrong: readonly boolean[];

  /**
   * @param trials all with a score.
   * @param threshold a pair is accepted where its score is at or above it.
   */
  constructor(trials: readonly GroupedTrial[], threshold: number) {
    this.groups = [...new Set(trials.flatMap(({ groups }) => groups))].sort();
    const position = new Map(this.groups.map((group, at) => [group, at]));
    this.#cells = Int32Array.from(trials, ({ groups: [a, b] }) =>
      this.cell(position.get(a)!, position.get(b)!),
    );
    this.#genuine = trials.map(({ genuine }) => genuine);
    this.#wrong = trials.map(({ score, genuine }) => score >= threshold !== genuine);
  }

  /** Where the counts of two groups stand. */
  cell(a: number, b: number): number {
    return Math.min(a, b) * this.groups.length + Math.max(a, b);
  }

  counts(weights: Float64Array): PairCounts {
    const cells = this.groups.length ** 2;
    const falseMatches = new Float64Array(cells);
    const impostor = new Float64Array(cells);
    const falseNonMatches = new Float64Array(cells);
    const genuine = new Float64Array(cells);
    for (let trial = 0; trial < this.#cells.length; trial++) {
      const weight = weights[trial];
      const cell = this.#cells[trial];
      if (this.#genuine[trial]) {
        genuine[cell] += weight;
        if (this.#wrong[trial]) falseNonMatches[cell] += weight;
      } else {
        impostor[cell] += weight;
        if (this.#wrong[trial]) falseMatches[cell] += weight;
      }
    }
    return { falseMatches, impostor, falseNonMatches, genuine };
  }
}
