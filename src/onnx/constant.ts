import { Problem } from '../problem.js';
import { elementCount } from '../tensor/tensor.js';
import type { ElementType } from './element-type.js';
import { bfloat16ToFloat32, float16ToFloat32 } from './half.js';

export type ConstantData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

type ArrayType = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => ConstantData;

/** How the bytes of each element type are seen as a typed array; types that are not listed are only carried. */
const arrays: Partial<Record<ElementType, ArrayType & { readonly BYTES_PER_ELEMENT: number }>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
};

/** Bytes an element takes in a file; `undefined` for strings and for types smaller than a byte. */
export function bytesPerElement(type: ElementType): number | undefined {
  if (type === 'complex64') return 8;
  if (type === 'complex128') return 16;
  if (type.startsWith('float8')) return 1;
  return arrays[type]?.BYTES_PER_ELEMENT;
}

/**
 * A tensor that is stored in the model: an initializer or a tensor attribute. The bytes are those of the file (a view,
 * little-endian, C order) and must not be written to; the typed data are made when they are first asked for.
 */
export class Constant {
  #data: ConstantData | undefined;

  constructor(
    readonly elementType: ElementType,
    readonly shape: readonly number[],
    readonly bytes: Uint8Array,
    /** The elements of a string tensor, each as UTF-8; its `bytes` are empty. */
    readonly strings?: readonly Uint8Array[],
  ) {}

  static float32(data: Float32Array | readonly number[], shape: readonly number[] = [data.length]): Constant {
    return Constant.from('float32', data instanceof Float32Array ? data : Float32Array.from(data), shape);
  }

  static int64(values: readonly number[], shape: readonly number[] = [values.length]): Constant {
    return Constant.from(
      'int64',
      BigInt64Array.from(values, (value) => toInt64(value)),
      shape,
    );
  }

  /** A scalar (no axes). */
  static scalar(value: number, elementType: 'float32' | 'int64' | 'bool' = 'float32'): Constant {
    if (elementType === 'float32') return Constant.float32([value], []);
    if (elementType === 'int64') return Constant.int64([value], []);
    return Constant.from('bool', Uint8Array.of(value), []);
  }

  /** Wraps a typed array without copying it. 16-bit floats are given as their bit patterns (Uint16Array). */
  static from(elementType: ElementType, data: ConstantData, shape: readonly number[]): Constant {
    const array = arrays[elementType];
    if (array === undefined || !(data instanceof array) || data.length !== elementCount(shape)) {
      throw new TypeError(
        `${data.length} elements do not make a ${elementType} tensor [${shape.join(', ')}]`,
      );
    }
    return new Constant(elementType, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  /** Number of elements. */
  get size(): number {
    return elementCount(this.shape);
  }

  /**
   * The elements, in C order: a view of the bytes where their alignment allows it. float16 and bfloat16 are widened to
   * float32; bool is 0 or 1.
   * @throws {Problem} where the element type is only carried (strings, complex, 8-bit floats, 4-bit types).
   */
  get data(): ConstantData {
    this.#data ??= this.#decode();
    return this.#data;
  }

  /** The elements as float32. */
  float32(): Float32Array {
    const { data } = this;
    return data instanceof Float32Array ? data : Float32Array.from(this.numbers());
  }

  /** The elements as numbers; 64-bit integers beyond 2^53 are rounded. */
  numbers(): number[] {
    return Array.from(this.data as ArrayLike<number | bigint>, Number);
  }

  /** The same bytes under another shape with as many elements. */
  reshaped(shape: readonly number[]): Constant {
    if (elementCount(shape) !== this.size) {
      throw new TypeError(`[${this.shape.join(', ')}] cannot be reshaped to [${shape.join(', ')}]`);
    }
    return new Constant(this.elementType, shape, this.bytes, this.strings);
  }

  #decode(): ConstantData {
    const array = arrays[this.elementType];
    if (array === undefined) throw new Problem('the model', `holds a tensor of ${this.elementType}`);
    const { bytes } = this;
    // Not slice(), which copies nothing where the bytes are a Buffer.
    const aligned = bytes.byteOffset % array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
    const data = new array(aligned.buffer, aligned.byteOffset, bytes.byteLength / array.BYTES_PER_ELEMENT);
    if (this.elementType === 'float16') return float16ToFloat32(data as Uint16Array);
    if (this.elementType === 'bfloat16') return bfloat16ToFloat32(data as Uint16Array);
    return data;
  }
}

const int64Max = 2n ** 63n - 1n;

/** ONNX writes "to the end" as the largest int64, which no double can hold: what lies beyond is clamped to the range. */
export function toInt64(value: number): bigint {
  if (value >= 2 ** 63) return int64Max;
  if (value <= -(2 ** 63)) return -int64Max - 1n;
  return BigInt(value);
}
