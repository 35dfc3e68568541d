import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Problem } from '../../../problem.js';

const BLOCK_BYTES = 1 << 22;
/** Longest encoding of a float: an integer of up to 8 bytes and one of 2, each behind its control byte. */
const MAX_FLOAT_BYTES = 12;
/** Stand-ins for the exponent of what has no mantissa (dlib/float_details.h). */
const INFINITE = 32000;
const MINUS_INFINITE = 32001;
const NOT_A_NUMBER = 32002;
const POWERS_OF_TWO = Float64Array.from({ length: 256 }, (_, i) => 2 ** (i - 192));

/**
 * Reads the integers and floats of a file that dlib's `serialize` wrote (dlib/serialize.h), block by block.
 * An integer is a control byte (0x80: negative; 0x0f: number of bytes) and its magnitude, least significant byte first.
 * A float is two integers, mantissa and exponent, and stands for mantissa * 2^exponent.
 */
export class SerialisedFile {
  readonly path: string;
  readonly bytes: number;
  readonly #descriptor: number;
  readonly #block = new Uint8Array(BLOCK_BYTES);
  #position = 0;
  #end = 0;

  /** @throws Problem where the file cannot be opened. */
  constructor(path: string) {
    this.path = path;
    try {
      this.#descriptor = openSync(path, 'r');
      this.bytes = fstatSync(this.#descriptor).size;
    } catch (error) {
      throw new Problem(path, 'cannot be opened', (error as NodeJS.ErrnoException).code ?? String(error), {
        cause: error,
      });
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  /** An integer, as a number (exact up to 2^53). */
  integer(): number {
    this.#fetch(9);
    return this.#integer();
  }

  /** An integer that counts or names something: at least 0 and at most `largest`. */
  index(largest: number, meaning: string): number {
    const value = this.integer();
    if (value < 0 || value > largest) throw this.damaged(`${meaning} is ${value}`);
    return value;
  }

  /** Reads `count` floats into `target` from `offset` on. */
  floats(target: Float32Array, offset: number, count: number): void {
    const bytes = this.#block;
    for (let i = 0; i < count; i++) {
      if (this.#end - this.#position < MAX_FLOAT_BYTES) this.#fetch(MAX_FLOAT_BYTES);
      const at = this.#position;
      // Nearly every float has a mantissa of three bytes and an exponent of one.
      const mantissaControl = bytes[at];
      const exponentControl = bytes[at + 4];
      if ((mantissaControl & 0x7f) === 3 && (exponentControl & 0x7f) === 1 && this.#end - at >= 6) {
        const mantissa = bytes[at + 1] | (bytes[at + 2] << 8) | (bytes[at + 3] << 16);
        const exponent = exponentControl & 0x80 ? -bytes[at + 5] : bytes[at + 5];
        const magnitude =
          exponent >= -192 && exponent < 64
            ? mantissa * POWERS_OF_TWO[exponent + 192]
            : mantissa * 2 ** exponent;
        target[offset + i] = mantissaControl & 0x80 ? -magnitude : magnitude;
        this.#position = at + 6;
      } else {
        target[offset + i] = this.#float();
      }
    }
  }

  /** @throws Problem where bytes are left. */
  expectEnd(): void {
    this.#fetch(1);
    if (this.#end > this.#position) throw this.damaged('it goes on after its end');
  }

  damaged(detail: string): Problem {
    return new Problem(this.path, `is not a dlib shape predictor, or damaged: ${detail}`, 'fetch it again');
  }

  #float(): number {
    if ((this.#block[this.#position] & 0x70) !== 0)
      throw this.damaged('a number is not in the binary encoding');
    const mantissa = this.#integer();
    const exponent = this.#integer();
    if (exponent === INFINITE) return Infinity;
    if (exponent === MINUS_INFINITE) return -Infinity;
    if (exponent === NOT_A_NUMBER) return NaN;
    return mantissa * 2 ** exponent;
  }

  #integer(): number {
    if (this.#position >= this.#end) throw this.#truncated();
    const control = this.#block[this.#position];
    const length = control & 0x0f;
    if ((control & 0x70) !== 0 || length > 8) throw this.damaged(`a number starts with byte ${control}`);
    if (this.#position + 1 + length > this.#end) throw this.#truncated();
    let magnitude = 0;
    for (let i = length; i > 0; i--) magnitude = magnitude * 256 + this.#block[this.#position + i];
    this.#position += 1 + length;
    return control & 0x80 ? -magnitude : magnitude;
  }

  /** Makes `count` bytes available, or as many as the file still has. */
  #fetch(count: number): void {
    if (this.#end - this.#position >= count) return;
    this.#block.copyWithin(0, this.#position, this.#end);
    this.#end -= this.#position;
    this.#position = 0;
    let got = 1;
    while (this.#end < BLOCK_BYTES && got > 0) {
      got = readSync(this.#descriptor, this.#block, this.#end, BLOCK_BYTES - this.#end, null);
      this.#end += got;
    }
  }

  #truncated(): Problem {
    return new Problem(this.path, `is cut short after ${this.bytes} bytes`, 'fetch it again');
  }
}
