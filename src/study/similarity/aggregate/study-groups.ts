import type { ModelFamilies } from '../people/model-families.js';

/** How the models and the people of a study are grouped. Plain data. */
export interface StudyGroups {
  /** The models with the names of their folders, in the order of the study. */
  readonly models: readonly { readonly name: string; readonly folder: string }[];
  readonly families: ModelFamilies;
  /** The groups of each key, in their order. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** One model, or several together. */
export interface ModelSet {
  /** `all`, `model`, or the key of a family. */
  readonly key: string;
  /** The name of the model or family; that of all models is `all`. */
  readonly value: string;
  readonly models: readonly string[];
}

/** All models together, each by itself, and the families. */
export function modelSets({ models, families }: StudyGroups): ModelSet[] {
  const names = models.map(({ name }) => name);
  return [
    { key: 'all', value: 'all', models: names },
    ...names.map((name) => ({ key: 'model', value: name, models: [name] })),
    ...families.keys.flatMap((key) =>
      [...new Set(names.flatMap((name) => families.of[name]?.[key] ?? []))].map((value) => ({
        ...{ key, value },
        models: names.filter((name) => families.of[name]?.[key] === value),
      })),
    ),
  ];
}
