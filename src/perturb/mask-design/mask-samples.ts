import type { RandomState } from '../../tensor/random.js';
import { type MaskDesignName, maskDesigns } from './mask-design.js';

/**
 * Masks over segments, drawn as they are needed. Mask 0 shows everything; the others follow from the random stream,
 * whatever the steps they are asked for in. The first block of the stream is dropped in favour of mask 0: with the design
 * `independent` these are the samples of Python's lime.
 */
export class MaskSamples {
  readonly segments: number;
  /** Masks that standard errors take for one draw. */
  readonly cluster: number;
  readonly #draw: () => Uint8Array;
  readonly #block: number;
  #masks: Uint8Array;
  #drawn = 1;

  constructor(random: RandomState, design: MaskDesignName, segments: number) {
    const { block, cluster, draw } = maskDesigns[design];
    this.segments = segments;
    this.cluster = cluster;
    this.#draw = () => draw(random, segments);
    this.#block = block(segments);
    this.#masks = new Uint8Array(segments).fill(1);
    this.#draw();
  }

  /** The first `count` masks, each of `segments` bytes, 1 where a segment is shown. */
  first(count: number): Uint8Array {
    const length = count * this.segments;
    if (this.#masks.length < length) {
      const blocks = Math.ceil((count - 1) / this.#block);
      const grown = new Uint8Array((1 + blocks * this.#block) * this.segments);
      grown.set(this.#masks);
      this.#masks = grown;
    }
    while (this.#drawn < count) {
      this.#masks.set(this.#draw(), this.#drawn * this.segments);
      this.#drawn += this.#block;
    }
    return this.#masks.subarray(0, length);
  }
}
