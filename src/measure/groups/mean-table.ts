import { NestedMean, type NestedMeanResult } from './nested-mean.js';

/** What is known of a map, by key: `{ person: 'n000001', model: 'fr_feature', ethnicity: 'African' }`. */
export type MapKeys = Readonly<Record<string, string | undefined>>;

/** One mean of a table. */
export interface TableMean extends NestedMeanResult {
  /** The keys that it was made for, with their values: `{ model: 'fr_feature', ethnicity: 'African' }`. */
  readonly of: Readonly<Record<string, string>>;
}

/**
 * Means of maps for every value of some keys, and for every combination of values, in one pass: by model, by group, by
 * model and group, over all.
 *
 * Each cell is a nested mean over the same levels, such as person and model: a person weighs as much as any other in
 * every cell, and a model as much as any other within a person, whatever is missing. So the mean of a group over all
 * models is the mean over its persons of their means over the models. (TFG-LIME adds to the total of a group after the
 * loop over its groups, so that all but the last stay 0, takes means of 8-bit pictures that were stretched to their own
 * range, and names the totals of groups after persons. Here a total is a cell like the others.)
 */
export class MeanTable {
  readonly #size: number;
  readonly #levels: readonly string[];
  readonly #by: readonly (readonly string[])[];
  readonly #cells = new Map<string, { readonly of: Record<string, string>; readonly mean: NestedMean }>();

  /**
   * @param size numbers in each map.
   * @param levels the keys that the nested means go over, the outermost first: ['person', 'model']; below the last lie
   *   the maps.
   * @param by the keys of the cells: [[], ['model'], ['model', 'ethnicity']]; [] is the mean over all.
   */
  constructor(size: number, levels: readonly string[], by: readonly (readonly string[])[]) {
    this.#size = size;
    this.#levels = levels;
    this.#by = by;
  }

  /**
   * Adds one map to every cell that it belongs to; a cell whose key is undefined for it is left out. Maps of one person
   * must follow each other, and within the person those of one model.
   *
   * @throws RangeError where a level is not known of the map, or a person comes again after others
   */
  add(keys: MapKeys, map: ArrayLike<number>): void {
    const path = this.#levels.map((level) => {
      const value = keys[level];
      if (value === undefined) throw new RangeError(`The map has no ${level}.`);
      return value;
    });
    for (const by of this.#by) {
      const of: Record<string, string> = {};
      for (const key of by) {
        const value = keys[key];
        if (value !== undefined) of[key] = value;
      }
      if (Object.keys(of).length < by.length) continue;
      const name = JSON.stringify(of);
      let cell = this.#cells.get(name);
      if (cell === undefined) {
        cell = { of, mean: new NestedMean(this.#size, this.#levels.length) };
        this.#cells.set(name, cell);
      }
      cell.mean.add(path, map);
    }
  }

  /** All means, in the order in which their first map came. Nothing can be added afterwards. */
  finish(): TableMean[] {
    return [...this.#cells.values()].map(({ of, mean }) => ({ of, ...mean.finish() }));
  }
}
