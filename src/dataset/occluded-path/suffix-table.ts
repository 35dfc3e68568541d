/** Every ending of a list of paths, cut at folder borders, with the paths that have it. */
export class SuffixTable {
  readonly #paths: readonly string[];
  readonly #bySuffix = new Map<string, number | number[]>();

  /** @param keys what the endings are taken of, one a path, where that is not the path itself */
  constructor(paths: readonly string[], keys = paths) {
    this.#paths = paths;
    keys.forEach((path, index) => {
      for (let start = 0; ;) {
        this.#add(path.slice(start), index);
        const slash = path.indexOf('/', start);
        if (slash === -1) break;
        start = slash + 1;
      }
    });
  }

  #add(suffix: string, index: number): void {
    const known = this.#bySuffix.get(suffix);
    if (known === undefined) this.#bySuffix.set(suffix, index);
    else if (typeof known === 'number') this.#bySuffix.set(suffix, [known, index]);
    else known.push(index);
  }

  /** The paths whose key ends with `suffix`, in the order of the list. */
  find(suffix: string): readonly string[] {
    const found = this.#bySuffix.get(suffix);
    if (found === undefined) return [];
    return typeof found === 'number' ? [this.#paths[found]] : found.map((index) => this.#paths[index]);
  }
}
