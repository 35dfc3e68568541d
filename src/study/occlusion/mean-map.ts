import { Problem } from '../../problem.js';

/** A mean of maps. */
export interface MeanMapResult {
  readonly width: number;
  readonly height: number;
  /** How many maps were averaged. */
  readonly n: number;
  /** Mean of the signed values, so effects of opposite sign cancel. */
  readonly mean: Float32Array;
  /** Mean of the absolute values. */
  readonly meanAbsolute: Float32Array;
}

/** The mean of signed maps of one size, one map at a time: memory does not grow with their number. */
export class MeanMap {
  #n = 0;
  readonly #sums: Float64Array;
  readonly #absoluteSums: Float64Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#sums = new Float64Array(width * height);
    this.#absoluteSums = new Float64Array(width * height);
  }

  /** @throws Problem where the map has another size: pixels of different faces would not correspond. */
  add(map: { readonly width: number; readonly height: number; readonly data: Float32Array }): void {
    if (map.width !== this.width || map.height !== this.height) {
      throw new Problem(
        'mean map',
        `one map is ${map.width}x${map.height}, the first was ${this.width}x${this.height}`,
        'crop and align the images to one size before averaging their maps',
      );
    }
    this.#n++;
    for (let at = 0; at < map.data.length; at++) {
      this.#sums[at] += map.data[at];
      this.#absoluteSums[at] += Math.abs(map.data[at]);
    }
  }

  /** The means so far; `n` of 0 leaves them at 0. */
  result(): MeanMapResult {
    const divide = (sums: Float64Array) =>
      Float32Array.from(sums, (sum) => (this.#n === 0 ? 0 : sum / this.#n));
    return {
      width: this.width,
      height: this.height,
      n: this.#n,
      mean: divide(this.#sums),
      meanAbsolute: divide(this.#absoluteSums),
    };
  }
}
