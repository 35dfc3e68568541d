/**
 * A seeded stream of random numbers: NumPy's legacy `numpy.random.RandomState`, number for number.
 * The generator is MT19937 (Matsumoto and Nishimura 1998); the way from its 32-bit words to integers, floats,
 * permutations and samples is that of NumPy 1.17 and later, whose legacy stream is frozen.
 */
export class RandomState {
  readonly #state = new Uint32Array(624);
  #position = 624;
  #spareNormal: number | undefined;

  /**
   * @param seed an integer in [0, 2^32), as in `RandomState(3)`; or a list of them, as in
   *   `RandomState([3, 17])`, which gives item 17 of a run a stream of its own whatever the order of work
   */
  constructor(seed: number | readonly number[]) {
    if (typeof seed === 'number') this.#seedWith(checkedSeed(seed));
    else this.#seedWithArray(seed.map(checkedSeed));
  }

  /** The next 32-bit word. */
  uint32(): number {
    if (this.#position === 624) this.#generate();
    let word = this.#state[this.#position++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    word ^= word >>> 18;
    return word >>> 0;
  }

  /** A float in [0, 1) with 53 random bits: `random_sample()`. */
  random(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A float in [low, high): `uniform(low, high)`. */
  uniform(low: number, high: number): number {
    return low + (high - low) * this.random();
  }

  /** A sample of the standard normal distribution: `randn()`, the polar method with the spare value kept. */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.random() - 1;
      const y = 2 * this.random() - 1;
      const squaredRadius = x * x + y * y;
      if (squaredRadius >= 1 || squaredRadius === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(squaredRadius)) / squaredRadius);
      this.#spareNormal = factor * x;
      return factor * y;
    }
  }

  /**
   * An integer in [low, high): `randint(low, high)` for its default 64-bit type, by masked rejection.
   * `high - low` is at most 2^32.
   */
  integer(low: number, high: number): number {
    const largest = high - low - 1;
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || largest < 0 || largest > 0xffffffff) {
      throw new RangeError(`There is no random integer in [${low}, ${high}).`);
    }
    return low + this.#upTo(largest);
  }

  /** `count` integers in [low, high): `randint(low, high, count)`. */
  integers(low: number, high: number, count: number): Int32Array {
    return Int32Array.from({ length: count }, () => this.integer(low, high));
  }

  /** Shuffles in place: `shuffle(items)`. */
  shuffle(items: unknown[] | Int32Array | Float32Array | Float64Array | Uint8Array): void {
    const list = items as { [index: number]: unknown; length: number };
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.#upTo(last);
      const kept = list[last];
      list[last] = list[other];
      list[other] = kept;
    }
  }

  /** The integers 0 ... count - 1 in random order: `permutation(count)`. */
  permutation(count: number): Int32Array {
    const order = Int32Array.from({ length: count }, (_, index) => index);
    this.shuffle(order);
    return order;
  }

  /**
   * `size` integers in [0, population): `choice(population, size, replace, p)`.
   *
   * @param options.replace whether an integer may come twice; true by default, as in NumPy
   * @param options.p the probability of each integer; equal where it is not given
   */
  choice(
    population: number,
    size: number,
    options: { replace?: boolean; p?: readonly number[] } = {},
  ): Int32Array {
    const { replace = true, p } = options;
    if (population <= 0) throw new RangeError('There is nothing to choose from.');
    if (p !== undefined) checkProbabilities(p, population);
    if (!replace && size > (p?.filter((value) => value > 0).length ?? population)) {
      throw new RangeError(`There are fewer than ${size} integers to choose without replacement.`);
    }
    if (replace) {
      if (p === undefined) return this.integers(0, population, size);
      const cumulative = cumulativeShares(p);
      return Int32Array.from({ length: size }, () => firstAbove(cumulative, this.random()));
    }
    if (p === undefined) return this.permutation(population).slice(0, size);

    const chosen = new Set<number>();
    const left = [...p];
    while (chosen.size < size) {
      const draws = Array.from({ length: size - chosen.size }, () => this.random());
      for (const index of chosen) left[index] = 0;
      const cumulative = cumulativeShares(left);
      for (const draw of draws) chosen.add(firstAbove(cumulative, draw));
    }
    return Int32Array.from(chosen);
  }

  /** An integer in [0, largest] by masked rejection (NumPy's `random_interval` and `buffered_bounded_masked`). */
  #upTo(largest: number): number {
    if (largest === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(largest);
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= largest) return value;
    }
  }

  #seedWith(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < 624; i++) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1812433253, previous) + i;
    }
    this.#position = 624;
  }

  #seedWithArray(key: readonly number[]): void {
    if (key.length === 0) throw new RangeError('A seed list needs at least one number.');
    this.#seedWith(19650218);
    const state = this.#state;
    let i = 1;
    let j = 0;
    const advance = (): void => {
      if (++i >= 624) {
        state[0] = state[623]!;
        i = 1;
      }
    };
    for (let k = Math.max(624, key.length); k > 0; k--) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(previous, 1664525)) + key[j] + j;
      if (++j >= key.length) j = 0;
      advance();
    }
    for (let k = 623; k > 0; k--) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = (state[i] ^ Math.imul(previous, 1566083941)) - i;
      advance();
    }
    state[0] = 0x80000000;
  }

  #generate(): void {
    const state = this.#state;
    for (let i = 0; i < 624; i++) {
      const mixed = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
      state[i] = state[(i + 397) % 624] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}

function checkedSeed(seed: number): number {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new RangeError(`A seed is an integer from 0 to 4294967295, not ${seed}.`);
  }
  return seed;
}

function checkProbabilities(p: readonly number[], population: number): void {
  const total = p.reduce((sum, value) => sum + value, 0);
  if (p.length !== population || p.some((value) => !(value >= 0)) || Math.abs(total - 1) > 1e-8) {
    throw new RangeError('Probabilities must be as many as the integers, not negative, and sum to 1.');
  }
}

function cumulativeShares(p: readonly number[]): Float64Array {
  const cumulative = new Float64Array(p.length);
  let sum = 0;
  p.forEach((value, index) => (cumulative[index] = sum += value));
  return cumulative.map((value) => value / sum);
}

/** The first index whose value is above `draw`: `searchsorted(values, draw, side='right')`. */
function firstAbove(values: Float64Array, draw: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > draw) high = middle;
    else low = middle + 1;
  }
  return low;
}
