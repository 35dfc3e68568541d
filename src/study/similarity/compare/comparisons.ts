import type { MeanRow } from '../aggregate/means-table.js';
import { halfKey } from '../aggregate/mean-maps.js';

/** Mean maps that are compared with each other. */
export interface Comparison {
  /** Names its files: `model`, `sex`, `model-sex`. */
  readonly name: string;
  /** What is compared, in words. */
  readonly title: string;
  readonly items: readonly ComparedMap[];
  /** Whether the items are different people. */
  readonly groups?: boolean;
}

export interface ComparedMap {
  readonly label: string;
  readonly persons: number;
  /** Below the folder of the aggregate step. */
  readonly path: string;
}

/**
 * What there is to compare: models, families of models, groups, each model in each group, and each model in two halves of
 * the people, which tells how much is chance. Where there is only one of them there is nothing to compare.
 */
export function comparisons(means: readonly MeanRow[]): Comparison[] {
  const familyKeys = unique(means.map(({ modelKey }) => modelKey)).filter(
    (key) => key !== 'all' && key !== 'model',
  );
  const groupKeys = unique(means.map(({ groupKey }) => groupKey)).filter(
    (key) => key !== '' && key !== halfKey,
  );
  const of = (modelKey: string, groupKey: string, label: (row: MeanRow) => string) =>
    means
      .filter((row) => row.modelKey === modelKey && row.groupKey === groupKey)
      .map((row): ComparedMap => ({ label: label(row), persons: row.persons, path: row.path }));
  const total = of('all', '', () => 'all models');
  const models = of('model', '', ({ model }) => model);
  const all: Comparison[] = [
    { name: 'model', title: 'Models', items: models },
    ...familyKeys.map((key): Comparison => ({
      name: key,
      title: `Models by ${key}`,
      items: [...of(key, '', ({ model }) => model), ...models, ...total],
    })),
    { name: 'model-half', title: 'Models in two halves of the people', items: halves(means) },
    ...groupKeys.map((key): Comparison => ({
      name: key,
      title: `Groups by ${key}`,
      items: of('all', key, ({ group }) => group),
      groups: true,
    })),
    ...(models.length < 2
      ? []
      : groupKeys.map((key): Comparison => ({
          name: `model-${key}`,
          title: `Models and groups by ${key}`,
          items: of('model', key, ({ model, group }) => `${group}, ${model}`),
        }))),
  ];
  return all.filter(({ items }) => items.length > 1);
}

/** With fewer than two people in a half there is no telling. */
function halves(means: readonly MeanRow[]): ComparedMap[] {
  const own = means.filter(({ modelKey, groupKey }) => modelKey === 'model' && groupKey === halfKey);
  if (own.some(({ persons }) => persons < 2)) return [];
  return own.map(({ model, group, persons, path }) => ({
    ...{ label: `half ${group}, ${model}`, persons, path },
  }));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
