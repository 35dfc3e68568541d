import { readLabelTable } from '../../../dataset/labels/label-table.js';
import { Problem } from '../../../problem.js';

/** What models have in common, such as the training set or the depth. */
export interface ModelFamilies {
  /** The keys, in the order in which they were given. */
  readonly keys: readonly string[];
  /** By the name of the model, the value of each key that is known of it. */
  readonly of: Readonly<Partial<Record<string, Readonly<Partial<Record<string, string>>>>>>;
}

/** The key of families that are given as `model=family`. */
const plainKey = 'family';

/**
 * Reads the families of models.
 *
 * @param asked CSV files with a column `model` and one column a key, or `model=family`.
 * @param models the names of all models of the study.
 * @throws Problem where a model is not one of the study, or has two families of one key.
 */
export async function readFamilies(
  asked: readonly string[],
  models: readonly string[],
): Promise<ModelFamilies> {
  const of: Partial<Record<string, Partial<Record<string, string>>>> = {};
  const keys: string[] = [];
  const set = (source: string, model: string, key: string, value: string) => {
    if (!models.includes(model)) {
      throw new Problem(
        source,
        `names ${model}, which is no model of the study`,
        `there are ${models.join(', ')}`,
      );
    }
    if (['model', 'all'].includes(key) || /[/\\]/.test(key)) {
      throw new Problem(source, `"${key}" cannot be the name of a family`, 'rename it');
    }
    const own = (of[model] ??= {});
    if (own[key] !== undefined && own[key] !== value) {
      throw new Problem(
        source,
        `${model} has two families: ${key} ${own[key]} and ${value}`,
        'leave out one',
      );
    }
    own[key] = value;
    if (!keys.includes(key)) keys.push(key);
  };
  for (const text of asked) {
    const given = /^([^=]+)=(.+)$/.exec(text);
    if (given !== null) {
      set(`family ${text}`, given[1], plainKey, given[2]);
      continue;
    }
    const table = await readLabelTable(text, ['model']);
    for (const { key: name, labels, line } of table.rows) {
      for (const [key, value] of Object.entries(labels)) {
        if (value !== '') set(`${text} line ${line}`, name, key, value);
      }
    }
  }
  return { keys, of };
}
