import { holm } from '../../../measure/groups/holm.js';
import { pairedDifference } from '../../../measure/paired-difference.js';
import { pairedDifferenceOverPersons } from '../../../measure/paired-difference-over-persons.js';
import type { EvaluationTask } from '../evaluate-request.js';
import { errorKinds } from './error-kinds.js';
import type { Decision } from './read-decisions.js';

/** How an error rate of a system differs from that of the first system on the same images or pairs. Plain data. */
export interface ErrorDifference {
  readonly system: string;
  /** The first system. */
  readonly baseline: string;
  readonly measure: string;
  /** The species or class that it is about; empty for all. */
  readonly of: string;
  /** Images or pairs that both systems decided. */
  readonly trials: number;
  readonly baselineErrors: number;
  readonly errors: number;
  /** Wrong in this system only, and in the first one only. */
  readonly newErrors: number;
  readonly mendedErrors: number;
  /** The error rate of the system less that of the first, -1 to 1. */
  readonly difference: number;
  /** 95 %. Null where resampled persons show no spread. */
  readonly low: number | null;
  readonly high: number | null;
  /** `paired`: Agresti and Min, images taken as independent. `persons`: resampled over persons. */
  readonly interval: 'paired' | 'persons' | null;
  /** McNemar's exact test; null where images share persons, whom it would take as independent. */
  readonly p: number | null;
  /** The same after Holm's correction over all comparisons. */
  readonly adjusted: number | null;
}

/** The decisions of one system, by path. */
export interface DecidedSystem {
  readonly name: string;
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** Compares every system with the first, each at its own threshold, on what both decided and label alike. */
export function compareDecisions(
  task: EvaluationTask,
  [first, ...others]: readonly DecidedSystem[],
  seed: number,
): ErrorDifference[] {
  const differences = others.flatMap(({ name, decisions }) => {
    const common = [...decisions.values()].flatMap((after) => {
      const before = first.decisions.get(after.path);
      if (before?.label !== after.label || before.species !== after.species) return [];
      // One file may say who is in an image where the other does not.
      return [{ before, after: { ...after, persons: after.persons ?? before.persons } }];
    });
    return errorKinds(
      task,
      common.map(({ after }) => after),
    ).flatMap(({ measure, of, counts }): ErrorDifference[] => {
      const own = common.filter(({ after }) => counts(after));
      const [before, after] = [own.map((pair) => pair.before.wrong), own.map((pair) => pair.after.wrong)];
      const paired = pairedDifference(before, after);
      if (paired === undefined) return [];
      const persons = sharedPersons(own.map((pair) => pair.after));
      const interval =
        persons === undefined
          ? paired.interval
          : pairedDifferenceOverPersons(before, after, persons, { seed });
      return [
        {
          ...{ system: name, baseline: first.name, measure, of, trials: paired.trials },
          ...{ baselineErrors: paired.before, errors: paired.after },
          ...{ newErrors: paired.gained, mendedErrors: paired.lost, difference: paired.difference },
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          interval: interval === undefined ? null : persons === undefined ? 'paired' : 'persons',
          p: persons === undefined ? paired.p : null,
          adjusted: null,
        },
      ];
    });
  });
  const adjusted = holm(differences.map(({ p }) => p ?? Number.NaN));
  return differences.map((each, at) => ({ ...each, adjusted: each.p === null ? null : adjusted[at] }));
}

/** Who is in each trial, where some of them share a person; else the trials are independent. */
function sharedPersons(decisions: readonly Decision[]) {
  const persons = decisions.flatMap((decision) => (decision.persons === undefined ? [] : [decision.persons]));
  if (persons.length < decisions.length) return undefined;
  const seen = new Map<string, number>();
  for (const person of persons.flatMap((both) => [...new Set(both)])) {
    seen.set(person, (seen.get(person) ?? 0) + 1);
  }
  return seen.size >= 2 && [...seen.values()].some((trials) => trials > 1) ? persons : undefined;
}
