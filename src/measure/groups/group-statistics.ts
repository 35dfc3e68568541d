import { bootstrapMeans, type BootstrapOptions, type MeanInterval } from '../bootstrap-means.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { groupsOf } from './groups-of.js';
import { holm } from './holm.js';
import { permutationTest, type PermutationTestOptions } from './permutation-test.js';

/** What was measured of one person, such as the shares of the regions in the evidence. */
export interface PersonValues {
  /** Undefined for one who is in no group. */
  readonly group: string | undefined;
  /** One number a quantity; NaN where it is missing. Several images of the person have been averaged. */
  readonly values: readonly number[];
}

/** A quantity in a group. */
export interface GroupMean extends MeanInterval {
  readonly group: string;
  readonly quantity: string;
}

/**
 * The mean of every quantity in every group, each person with equal weight, with a BCa bootstrap interval over persons.
 * Groups in code-unit order.
 */
export function groupMeans(
  persons: readonly PersonValues[],
  quantities: readonly string[],
  options: Omit<BootstrapOptions, 'clusters'> = {},
): GroupMean[] {
  return groupsOf(persons).flatMap(([group, members]) => {
    const means = bootstrapMeans(
      quantities.map((_, at) => Float64Array.from(members, ({ values }) => values[at])),
      options,
    );
    return quantities.map((quantity, at) => ({ group, quantity, ...means[at] }));
  });
}

/** A test of one quantity: between two groups, or whether all of them have one mean. */
export interface GroupDifference {
  readonly quantity: string;
  readonly groups: readonly string[];
  /** Persons with a value in each of these groups. */
  readonly n: readonly number[];
  /** The mean of the first less that of the second; undefined for more than two groups. */
  readonly difference: number | undefined;
  /** From `permutationTest`; NaN where a group has fewer than two persons. */
  readonly p: number;
  /** Corrected for all comparisons of the list: the probability of one false finding. */
  readonly holm: number;
  /** Corrected for all comparisons of the list: the share of false findings. */
  readonly benjaminiHochberg: number;
}

/**
 * Tests every quantity between all groups together, where there are more than two, and between every two of them, and
 * corrects for the number of all these comparisons.
 */
export function groupDifferences(
  persons: readonly PersonValues[],
  quantities: readonly string[],
  options: PermutationTestOptions = {},
): GroupDifference[] {
  const groups = groupsOf(persons);
  const pairs = groups.flatMap((first, i) => groups.slice(i + 1).map((second) => [first, second]));
  const comparisons = groups.length > 2 ? [groups, ...pairs] : pairs;
  const tests = quantities.flatMap((quantity, at) =>
    comparisons.map((compared) => {
      const samples = compared.map(([, members]) =>
        members.map(({ values }) => values[at]).filter((value) => !Number.isNaN(value)),
      );
      return {
        quantity,
        groups: compared.map(([group]) => group),
        n: samples.map(({ length }) => length),
        difference: samples.length === 2 ? mean(samples[0]) - mean(samples[1]) : undefined,
        p: permutationTest(samples, options)?.p ?? Number.NaN,
      };
    }),
  );
  const p = tests.map((test) => test.p);
  const [family, discovery] = [holm(p), benjaminiHochberg(p)];
  return tests.map((test, at) => ({ ...test, holm: family[at], benjaminiHochberg: discovery[at] }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
