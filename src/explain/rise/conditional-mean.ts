/**
 * Mean of a target where a place is shown: sum of f x mask / sum of the masks, for each place, with its standard error as a
 * ratio of means of independent samples. Memory does not grow with the number of samples.
 */
export class ConditionalMean {
  readonly #cover: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #squaresTimesTarget: Float64Array;
  readonly #squaresTimesSquare: Float64Array;

  constructor(places: number) {
    [this.#cover, this.#sum, this.#squares, this.#squaresTimesTarget, this.#squaresTimesSquare] = Array.from(
      { length: 5 },
      () => new Float64Array(places),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  }

  /** @param mask how far each place is shown, in 0..1. */
  add(mask: ArrayLike<number>, target: number): void {
    for (let place = 0; place < mask.length; place++) {
      const shown = mask[place];
      const square = shown * shown;
      this.#cover[place] += shown;
      this.#sum[place] += shown * target;
      this.#squares[place] += square;
      this.#squaresTimesTarget[place] += square * target;
      this.#squaresTimesSquare[place] += square * target * target;
    }
  }

  /** One a place; NaN where it was never shown. */
  means(): Float64Array {
    return this.#sum.map((sum, place) => sum / this.#cover[place]);
  }

  /** One a place; NaN where it was never shown. */
  standardErrors(): Float64Array {
    return this.means().map((mean, place) => {
      const squaredDeviations =
        this.#squaresTimesSquare[place] -
        2 * mean * this.#squaresTimesTarget[place] +
        mean * mean * this.#squares[place];
      return Math.sqrt(Math.max(0, squaredDeviations)) / this.#cover[place];
    });
  }
}
