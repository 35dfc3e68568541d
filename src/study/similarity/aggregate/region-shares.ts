import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Person } from '../../../dataset/people/person.js';
import { faceRegions } from '../../../face/regions.js';
import { benjaminiHochberg } from '../../../measure/groups/benjamini-hochberg.js';
import { groupDifferences, groupMeans, type PersonValues } from '../../../measure/groups/group-statistics.js';
import { holm } from '../../../measure/groups/holm.js';
import { personEvidence, type PersonImage } from './person-evidence.js';
import { type ShareRow, sharesTable } from './shares-table.js';
import { type ModelSet, modelSets, type StudyGroups } from './study-groups.js';
import { type TestRow, testsTable } from './tests-table.js';

export interface RegionSharesOptions extends StudyGroups {
  /** Of the explanations. */
  readonly explained: string;
  /** Of this step. */
  readonly folder: string;
  readonly people: readonly Person[];
  readonly seed: number;
}

/** For one person and model, one number a region: the mean over the images; NaN where there is none. */
interface PersonShares {
  readonly areas: readonly number[];
  readonly shares: readonly number[];
}

interface PersonEvidence {
  readonly person: Person;
  readonly byModel: ReadonlyMap<string, PersonShares>;
}

/**
 * How much of the positive evidence lies in each region, with intervals over persons, for all and for each group; and tests
 * whether groups differ. Writes `shares.csv` and `tests.csv`.
 */
export async function writeRegionShares(options: RegionSharesOptions): Promise<void> {
  const { folder, groups, seed } = options;
  const people: PersonEvidence[] = [];
  for await (const { person, images } of personEvidence(options.explained, options.people)) {
    const byModel = new Map(
      options.models.flatMap(({ name }) => {
        const own = sharesOf(images, name);
        return own === undefined ? [] : [[name, own] as const];
      }),
    );
    if (byModel.size > 0) people.push({ person, byModel });
  }
  const sets = modelSets(options);
  const shares = sets.flatMap((set) => [
    ...meansOf(people, set, '', () => 'all', seed),
    ...Object.keys(groups).flatMap((key) => meansOf(people, set, key, (person) => person.groups[key], seed)),
  ]);
  await writeFileAtomic(join(folder, 'shares.csv'), sharesTable(shares));
  const models = sets.filter(({ key }) => key === 'model');
  const tests = Object.keys(groups).flatMap((key) => testsOf(people, models, key, groups[key].length, seed));
  await writeFileAtomic(join(folder, 'tests.csv'), testsTable(tests));
}

function sharesOf(images: readonly PersonImage[], model: string): PersonShares | undefined {
  const known = images.flatMap(({ evidence }) =>
    model in evidence.models ? (evidence.models[model].regions ?? []) : [],
  );
  if (known.length === 0) return undefined;
  const meanOf = (region: string, kind: 'area' | 'positive') =>
    mean(
      known.flatMap((each) => {
        const value = each.region === region ? each[kind] : null;
        return value === null ? [] : [value];
      }),
    );
  return {
    areas: faceRegions.map((region) => meanOf(region, 'area')),
    shares: faceRegions.map((region) => meanOf(region, 'positive')),
  };
}

/** A person's mean over the models of a set, each with equal weight. */
function valuesOf({ byModel }: PersonEvidence, { models }: ModelSet, kind: keyof PersonShares): number[] {
  const own = models.flatMap((model) => byModel.get(model) ?? []);
  return faceRegions.map((_, at) =>
    mean(own.map((each) => each[kind][at]).filter((value) => !Number.isNaN(value))),
  );
}

function meansOf(
  people: readonly PersonEvidence[],
  set: ModelSet,
  groupKey: string,
  groupOf: (person: Person) => string | undefined,
  seed: number,
): ShareRow[] {
  const ofSet = (kind: keyof PersonShares): PersonValues[] =>
    people.map((each) => ({ group: groupOf(each.person), values: valuesOf(each, set, kind) }));
  const areas = groupMeans(ofSet('areas'), faceRegions, { resamples: 1 });
  return groupMeans(ofSet('shares'), faceRegions, { seed }).map(
    ({ group, quantity, n, mean: share, interval }, at): ShareRow => ({
      ...{ modelKey: set.key, model: set.value, groupKey, group: groupKey === '' ? '' : group },
      ...{ region: quantity, persons: n, area: areas[at].mean, share },
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    }),
  );
}

/**
 * The tests of all models and regions by one key, corrected together: they answer one question, whether groups of this key
 * differ.
 */
function testsOf(
  people: readonly PersonEvidence[],
  models: readonly ModelSet[],
  key: string,
  groups: number,
  seed: number,
): TestRow[] {
  const pairs = (groups * (groups - 1)) / 2;
  const comparisons = models.length * faceRegions.length * (groups > 2 ? pairs + 1 : pairs);
  // Enough arrangements that the smallest p stays below 0.01 after the correction, within reason.
  const permutations = Math.min(99_999, Math.max(9999, 100 * comparisons - 1));
  const tests = models.flatMap((set) => {
    const values = people.map((each): PersonValues => ({
      group: each.person.groups[key],
      values: valuesOf(each, set, 'shares'),
    }));
    return groupDifferences(values, faceRegions, { seed, permutations }).map((test) => ({ ...test, set }));
  });
  const p = tests.map((test) => test.p);
  const [family, discovery] = [holm(p), benjaminiHochberg(p)];
  return tests.map(({ set, quantity, groups: compared, n, difference }, at) => ({
    ...{ groupKey: key, model: set.value, region: quantity, groups: compared, persons: n },
    ...{ difference: difference ?? null, p: p[at], holm: family[at], benjaminiHochberg: discovery[at] },
    comparisons: p.filter((value) => !Number.isNaN(value)).length,
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
