/** Elements that are kept in all: 32 MB. Only photographs of several thousand pixels need more. */
const MOST_KEPT = 8_000_000;

type Elements = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/**
 * Buffers that are used again from photograph to photograph. Megabytes that are made anew for each lie outside of the
 * JavaScript heap: they stay until that is collected, and make it be collected far more often.
 */
export class ReusedBuffers<Type extends Elements> {
  readonly #make: (length: number) => Type;
  /** Whole buffers that nobody uses, the shortest first. */
  readonly #spare: Type[] = [];

  constructor(make: (length: number) => Type) {
    this.#make = make;
  }

  /** A buffer of exactly so many elements, which may hold anything. */
  take(length: number): Type {
    const at = this.#spare.findIndex((buffer) => buffer.length >= length);
    const buffer = at < 0 ? this.#make(length) : this.#spare.splice(at, 1)[0];
    return (buffer.length === length ? buffer : buffer.subarray(0, length)) as Type;
  }

  /** Gives a buffer back that `take` gave, once nothing reads it any more. */
  giveBack(taken: Type): void {
    const whole = taken.length * taken.BYTES_PER_ELEMENT === taken.buffer.byteLength;
    const type = taken.constructor as new (buffer: ArrayBuffer) => Type;
    this.#spare.push(whole ? taken : new type(taken.buffer));
    this.#spare.sort((a, b) => a.length - b.length);
    let kept = this.#spare.reduce((sum, buffer) => sum + buffer.length, 0);
    while (kept > MOST_KEPT) kept -= this.#spare.shift()!.length;
  }
}
