import { errorNames } from '../error-names.js';
import type { EvaluationTask } from '../evaluate-request.js';
import type { Decision } from './read-decisions.js';

/** An error rate that two systems can be compared by: of which images it is the share of wrong decisions. */
export interface ErrorKind {
  readonly measure: string;
  /** The species or class that it is about; empty for all. */
  readonly of: string;
  readonly counts: (decision: Decision) => boolean;
}

/** The error rates at a threshold, as in the other tables of the evaluation. */
export function errorKinds(task: EvaluationTask, decisions: Iterable<Decision>): ErrorKind[] {
  const all = [...decisions];
  const distinct = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== '').sort();
  const { attack, bonaFide } = errorNames(task);
  const labelled = (label: string) => (decision: Decision) => decision.label === label;
  switch (task) {
    case 'pad':
    case 'mad': {
      const species = distinct(all.map((decision) => decision.species));
      return [
        ...species.map((name) => ({
          measure: attack,
          of: name,
          counts: (decision: Decision) => decision.species === name,
        })),
        { measure: `${attack} of all attacks`, of: '', counts: labelled('attack') },
        { measure: bonaFide, of: '', counts: labelled('bona fide') },
      ];
    }
    case 'verification':
      return [
        { measure: attack, of: '', counts: labelled('impostor') },
        { measure: bonaFide, of: '', counts: labelled('genuine') },
      ];
    case 'attribute':
      return [
        { measure: 'error rate', of: '', counts: () => true },
        ...distinct(all.map(({ label }) => label)).map((label) => ({
          measure: 'share not found',
          of: label,
          counts: labelled(label),
        })),
      ];
  }
}
