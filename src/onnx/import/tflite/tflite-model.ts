import { Problem } from '../../../problem.js';
import { elementCount } from '../../../tensor/tensor.js';
import { bytesPerElement } from '../../constant.js';
import type { ElementType } from '../../element-type.js';
import { FlatTable } from './flat-table.js';
import { builtinOperators } from './builtin-operators.js';

/*
 * The parts of a TFLite file that the import needs. Field numbers are those of TensorFlow's schema.fbs, version 3;
 * numbers only ever get added to it.
 */

export interface TfliteTensor {
  readonly name: string;
  /** With the sizes the model was exported for. */
  readonly shape: readonly number[];
  /** Axes that the model declares to be free are -1. */
  readonly signature: readonly number[];
  readonly elementType: ElementType;
  /** The stored elements; empty where the tensor is computed. */
  readonly bytes: Uint8Array;
  readonly quantization: Quantization | undefined;
  readonly sparse: boolean;
}

/** real = scale * (stored - zeroPoint), one scale for all or one for each slice along `axis`. */
export interface Quantization {
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
}

export interface TfliteOperator {
  /** Such as `CONV_2D`; custom operators have a name of their own. */
  readonly name: string;
  /** Tensor numbers; -1 is an optional input that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The operator's own options table. */
  readonly options: FlatTable | undefined;
}

export interface TfliteModel {
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const elementTypes: readonly (ElementType | undefined)[] = [
  ...([
    'float32',
    'float16',
    'int32',
    'uint8',
    'int64',
    'string',
    'bool',
    'int16',
    'complex64',
    'int8',
  ] as const),
  ...([
    'float64',
    'complex128',
    'uint64',
    undefined,
    undefined,
    'uint32',
    'uint16',
    'int4',
    'bfloat16',
  ] as const),
];

/** @throws {Problem} where the bytes are no TFLite model, or a damaged one. */
export function readTfliteModel(bytes: Uint8Array, name: string): TfliteModel {
  if (bytes.length === 0) throw new Problem(name, 'is empty');
  if (new TextDecoder().decode(bytes.subarray(4, 8)) !== 'TFL3')
    throw new Problem(name, 'is not a TFLite model');
  try {
    return read(FlatTable.root(bytes), name);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem(name, 'is a damaged or truncated TFLite model', undefined, { cause });
  }
}

function read(model: FlatTable, name: string): TfliteModel {
  const graphs = model.tables(2);
  if (graphs.length !== 1)
    throw new Problem(name, `has ${graphs.length} graphs; models with one can be imported`);
  const [graph] = graphs;
  const codes = model.tables(1).map(operatorName);
  const buffers = model.tables(4);
  const tensors = graph.tables(0).map((tensor) => readTensor(tensor, buffers, name));
  const inRange = (numbers: readonly number[], least: number) => {
    if (numbers.some((n) => n < least || n >= tensors.length)) throw new RangeError('no such tensor');
    return numbers;
  };
  const operators = graph.tables(3).map((operator): TfliteOperator => {
    const code = operator.int32(0);
    if (code < 0 || code >= codes.length) throw new RangeError('no such operator');
    return {
      name: codes[code],
      inputs: inRange(operator.int32s(1), -1),
      outputs: inRange(operator.int32s(2), 0),
      options: operator.table(4),
    };
  });
  return {
    description: model.string(3),
    tensors,
    operators,
    inputs: inRange(graph.int32s(1), 0),
    outputs: inRange(graph.int32s(2), 0),
  };
}

function operatorName(code: FlatTable): string {
  // Codes beyond 127 did not fit into the first field.
  const builtin = Math.max(code.int8(0), code.int32(3));
  if (builtin === 32) return `CUSTOM ${code.string(1)}`;
  return builtinOperators[builtin] ?? `operator ${builtin}`;
}

function readTensor(tensor: FlatTable, buffers: readonly FlatTable[], model: string): TfliteTensor {
  const name = tensor.string(3);
  const code = tensor.int8(1);
  const elementType = elementTypes[code];
  if (elementType === undefined) {
    throw new Problem(model, `tensor "${name}" has an element type that cannot be imported (${code})`);
  }
  const number = tensor.int32(2);
  if (number < 0 || number >= buffers.length) throw new RangeError('no such buffer');
  const buffer = buffers[number];
  if (buffer.uint64(1) > 1) throw new Problem(model, `keeps the weights "${name}" outside its tables`);
  const shape = tensor.int32s(0);
  const signature = tensor.int32s(7);
  const bytes = buffer.bytes(0);
  const size = bytesPerElement(elementType);
  if (shape.some((length) => length < 0)) throw new RangeError('negative length');
  if (size !== undefined && bytes.length > 0 && bytes.length !== elementCount(shape) * size) {
    throw new RangeError('more or fewer elements than the shape says');
  }
  return {
    name,
    shape,
    signature: signature.length === shape.length ? signature : shape,
    elementType,
    bytes,
    quantization: readQuantization(tensor.table(4)),
    sparse: tensor.table(6) !== undefined,
  };
}

function readQuantization(table: FlatTable | undefined): Quantization | undefined {
  const scales = table?.float32s(2) ?? [];
  if (table === undefined || scales.length === 0) return undefined;
  return { scales, zeroPoints: table.int64s(3), axis: table.int32(6) };
}
