import { Problem } from '../problem.js';
import { elementCount, type Tensor, type TensorData } from './tensor.js';

/** An array read from a `.npy` file, always in C order. */
export interface NpyArray extends Tensor<TensorData> {
  /** The element type as the file names it, e.g. `<f4`; booleans (`|b1`) arrive as 0 and 1 in a `Uint8Array`. */
  readonly dtype: string;
}

interface ElementType {
  readonly bytes: number;
  readonly make: (buffer: ArrayBuffer) => TensorData;
}

/** The element types that are read, by kind and size as in NumPy's array interface. */
const elementTypes: Readonly<Partial<Record<string, ElementType>>> = {
  f4: { bytes: 4, make: (buffer) => new Float32Array(buffer) },
  f8: { bytes: 8, make: (buffer) => new Float64Array(buffer) },
  u1: { bytes: 1, make: (buffer) => new Uint8Array(buffer) },
  b1: { bytes: 1, make: (buffer) => new Uint8Array(buffer) },
  i1: { bytes: 1, make: (buffer) => new Int8Array(buffer) },
  u2: { bytes: 2, make: (buffer) => new Uint16Array(buffer) },
  i2: { bytes: 2, make: (buffer) => new Int16Array(buffer) },
  i4: { bytes: 4, make: (buffer) => new Int32Array(buffer) },
  i8: { bytes: 8, make: (buffer) => new BigInt64Array(buffer) },
};

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Reads a NumPy array file, versions 1 to 3 (NumPy Enhancement Proposal 1). Fortran order is converted to C
 * order and big-endian values to the machine's order.
 *
 * @param bytes the whole file
 * @param name how a `Problem` calls the file
 * @throws Problem where the file is not `.npy`, is damaged, or holds elements of a type that is not read
 */
export function decodeNpy(bytes: Uint8Array, name = 'npy file'): NpyArray {
  if (bytes.length < 10 || magic.some((byte, position) => bytes[position] !== byte)) {
    throw new Problem(name, 'is not a NumPy array file', 'write it with numpy.save');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) throw new Problem(name, `has .npy version ${version}; 1 to 3 are read`);
  const headerStart = version === 1 ? 10 : 12;
  const headerLength =
    version === 1 ? view.getUint16(8, true) : bytes.length >= 12 ? view.getUint32(8, true) : 0;
  const dataStart = headerStart + headerLength;
  if (dataStart > bytes.length) throw damaged(name, 'its header is cut off');
  const header = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(headerStart, dataStart),
  );

  const dtype = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const fortranOrder = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shapeText = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  if (dtype === undefined || fortranOrder === undefined || shapeText === undefined) {
    if (/'descr'\s*:\s*\[/.test(header)) throw unsupported(name, 'a structured type');
    throw damaged(name, 'its header cannot be read');
  }
  const shape = shapeText
    .split(',')
    .map((axis) => axis.trim())
    .filter((axis) => axis !== '')
    .map(Number);
  if (shape.some((axis) => !Number.isSafeInteger(axis) || axis < 0)) {
    throw damaged(name, `its shape (${shapeText}) is not a list of lengths`);
  }

  const type = elementTypes[dtype.slice(1)];
  if (type === undefined || !'<>|='.includes(dtype[0])) throw unsupported(name, `elements of type ${dtype}`);
  const count = elementCount(shape);
  const stored = bytes.length - dataStart;
  if (stored < count * type.bytes) {
    throw damaged(name, `it holds ${stored} of the ${count * type.bytes} bytes that its shape needs`);
  }
  // Not slice(): on a Buffer that would be a view.
  const copy = new Uint8Array(bytes.subarray(dataStart, dataStart + count * type.bytes));
  const storedLittleEndian = dtype.startsWith('<') || (dtype.startsWith('=') && hostIsLittleEndian);
  if (type.bytes > 1 && storedLittleEndian !== hostIsLittleEndian) reverseEach(copy, type.bytes);
  const data = type.make(copy.buffer);
  return { dtype, shape, data: fortranOrder === 'True' ? toCOrder(data, shape) : data };
}

/**
 * Writes a tensor as a NumPy array file (version 1, or 2 where the header needs it), little-endian, C order:
 * the bytes that `numpy.save` writes.
 */
export function encodeNpy(tensor: Tensor<TensorData>): Uint8Array<ArrayBuffer> {
  const { data, shape } = tensor;
  if (elementCount(shape) !== data.length) {
    throw new RangeError(`A shape of [${shape.join(', ')}] does not hold ${data.length} elements.`);
  }
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const fields = `{'descr': '${descriptorOf(data)}', 'fortran_order': False, 'shape': (${tuple}), }`;
  // NumPy leaves room for the first axis to grow to 21 digits in place, then fills up to a multiple of 64.
  const text = fields + ' '.repeat(shape.length > 0 ? 21 - String(shape[0]).length : 0);
  const version = text.length + 1 + 10 + 63 > 0xffff ? 2 : 1;
  const prefix = version === 1 ? 10 : 12;
  const dataStart = Math.ceil((prefix + text.length + 1) / 64) * 64;

  const file = new Uint8Array(dataStart + data.byteLength);
  file.set(magic);
  file[6] = version;
  const view = new DataView(file.buffer);
  if (version === 1) view.setUint16(8, dataStart - prefix, true);
  else view.setUint32(8, dataStart - prefix, true);
  file.fill(0x20, prefix, dataStart);
  file.set(new TextEncoder().encode(text), prefix);
  file[dataStart - 1] = 0x0a;
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart);
  if (!hostIsLittleEndian && data.BYTES_PER_ELEMENT > 1) {
    reverseEach(file.subarray(dataStart), data.BYTES_PER_ELEMENT);
  }
  return file;
}

function descriptorOf(data: TensorData): string {
  if (data instanceof Float32Array) return '<f4';
  if (data instanceof Float64Array) return '<f8';
  if (data instanceof Uint8Array) return '|u1';
  if (data instanceof Int8Array) return '|i1';
  if (data instanceof Uint16Array) return '<u2';
  if (data instanceof Int16Array) return '<i2';
  if (data instanceof Int32Array) return '<i4';
  return '<i8';
}

function reverseEach(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

/** The elements of a column-major array in row-major order. */
function toCOrder(data: TensorData, shape: readonly number[]): TensorData {
  const ordered = data.slice();
  const index = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  for (let to = 0; to < data.length; to++) {
    let from = 0;
    for (let axis = 0; axis < shape.length; axis++) from += index[axis] * strides[axis];
    ordered[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return ordered;
}

function damaged(name: string, why: string): Problem {
  return new Problem(name, `is a damaged .npy file: ${why}`, 'write it again');
}

function unsupported(name: string, what: string): Problem {
  return new Problem(
    name,
    `holds ${what}, which faceprobe does not read`,
    'convert it with array.astype("float32") and numpy.save',
  );
}
