const multiplier = 0x2360ed051fc65da44385df649fccf645n;
const word32 = 0xffffffffn;

/**
 * A seeded stream of random numbers: NumPy's `numpy.random.default_rng(seed)`, for what must repeat a library that draws
 * from it; everything else draws from `RandomState`. The generator is PCG64 (O'Neill 2014, XSL-RR on 128 bits) and seeded
 * through `SeedSequence`; the stream is that of NumPy 1.17 and later.
 */
export class Generator {
  #state: bigint;
  readonly #increment: bigint;

  /** @param seed an integer in [0, 2^32) */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`A seed is an integer from 0 to 4294967295, not ${seed}.`);
    }
    const words = seedWords(seed, 8).map(BigInt);
    const pair = (at: number): bigint => words[at] | (words[at + 1] << 32n);
    this.#increment = BigInt.asUintN(128, (((pair(4) << 64n) | pair(6)) << 1n) | 1n);
    this.#state = this.#increment + ((pair(0) << 64n) | pair(2));
    this.#advance();
  }

  /** A float in [0, 1) with 53 random bits: `random()`. */
  random(): number {
    const word = this.#uint64();
    return (Number(word >> 32n) * 2097152 + (Number(word & word32) >>> 11)) / 9007199254740992;
  }

  /**
   * A sample of the standard normal distribution: `standard_normal()`, the ziggurat method. The last bit can differ from
   * NumPy's.
   */
  normal(): number {
    for (;;) {
      const word = this.#uint64();
      const low = Number(word & word32);
      const layer = low & 0xff;
      const sign = low & 0x100 ? -1 : 1;
      // 52 bits: 23 of the low half above the sign, 29 of the high half.
      const magnitude = (Number(word >> 32n) & 0x1fffffff) * 8388608 + (low >>> 9);
      const x = magnitude * ziggurat.widths[layer];
      if (magnitude < ziggurat.inner[layer]) return sign * x;
      if (layer > 0) {
        const { heights } = ziggurat;
        const y = (heights[layer - 1] - heights[layer]) * this.random() + heights[layer];
        if (y < Math.exp(-0.5 * x * x)) return sign * x;
        continue;
      }
      for (;;) {
        const beyond = -Math.log1p(-this.random()) / tailStart;
        const height = -Math.log1p(-this.random());
        if (height + height > beyond * beyond) {
          return Math.floor(magnitude / 256) % 2 === 1 ? -(tailStart + beyond) : tailStart + beyond;
        }
      }
    }
  }

  #uint64(): bigint {
    this.#advance();
    const folded = Number((this.#state >> 122n) & 63n);
    const mixed = BigInt.asUintN(64, (this.#state >> 64n) ^ this.#state);
    return BigInt.asUintN(64, (mixed >> BigInt(folded)) | (mixed << BigInt(64 - folded)));
  }

  #advance(): void {
    this.#state = BigInt.asUintN(128, this.#state * multiplier + this.#increment);
  }
}

/** `SeedSequence(seed).generate_state(count)`: 32-bit words of which each depends on every bit of the seed. */
function seedWords(seed: number, count: number): number[] {
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    return folded(Math.imul(mixed, constant));
  };
  const pool = [hash(seed), hash(0), hash(0), hash(0)];
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) {
      if (from === to) continue;
      pool[to] = folded(Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, hash(pool[from])));
    }
  }
  let output = 0x8b51f9dd;
  return Array.from({ length: count }, (_, i) => {
    const mixed = pool[i % 4] ^ output;
    output = Math.imul(output, 0x58f38ded);
    return folded(Math.imul(mixed, output));
  });
}

function folded(value: number): number {
  return (value ^ (value >>> 16)) >>> 0;
}

/** Where the tail of the normal distribution begins, and the area of each layer and of the tail with its box. */
const tailStart = 3.6541528853610088;
const layerArea = 0.004928673233974658;

/** 256 layers of equal area under exp(-x^2 / 2) (Marsaglia and Tsang 2000), for 52-bit magnitudes. */
const ziggurat = buildZiggurat();

function buildZiggurat(): {
  readonly widths: Float64Array;
  readonly inner: Float64Array;
  readonly heights: Float64Array;
} {
  const scale = 2 ** 52;
  const widths = new Float64Array(256);
  const inner = new Float64Array(256);
  const heights = new Float64Array(256);
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  let x = tailStart;
  const boxWidth = layerArea / density(x);
  widths[0] = boxWidth / scale;
  inner[0] = Math.trunc((x / boxWidth) * scale);
  heights[0] = 1;
  for (let layer = 255; layer > 0; layer--) {
    widths[layer] = x / scale;
    heights[layer] = density(x);
    const next = layer === 1 ? 0 : Math.sqrt(-2 * Math.log(layerArea / x + density(x)));
    inner[layer] = Math.trunc((next / x) * scale);
    x = next;
  }
  return { widths, inner, heights };
}
