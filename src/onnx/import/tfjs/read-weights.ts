import { Problem } from '../../../problem.js';
import { elementCount } from '../../../tensor/tensor.js';
import { bytesPerElement, Constant } from '../../constant.js';
import type { ElementType } from '../../element-type.js';
import type { TfjsWeight, WeightGroup } from './tfjs-model.js';

/** How the weights of each type lie in the files; strings and complex numbers are left out. */
const stored: Readonly<Record<string, ElementType>> = { float32: 'float32', int32: 'int32', bool: 'bool' };
const quantized: Readonly<Record<string, ElementType>> = {
  float16: 'float16',
  uint8: 'uint8',
  uint16: 'uint16',
};

/**
 * The stored tensors of a graph model by their names. The files of a group are one stretch of bytes, in which the
 * weights lie one after the other. Quantised weights become real = scale * stored + min, 16-bit floats are widened.
 * @param shards the weight files by the path that the manifest gives them.
 * @throws {Problem} where a file is missing, or holds fewer or more bytes than the manifest says.
 */
export function readWeights(
  groups: readonly WeightGroup[],
  shards: ReadonlyMap<string, Uint8Array>,
  name: string,
): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  for (const { paths, weights } of groups) {
    const bytes = joined(paths, shards, name);
    const needed = weights.reduce((sum, weight) => sum + byteLength(weight, name), 0);
    if (needed !== bytes.length) {
      throw new Problem(
        name,
        `its weights in ${paths.join(', ')} are ${bytes.length} bytes, but the manifest says ${needed}: ${bytes.length < needed ? 'they are truncated' : 'they belong to another model'}`,
        'download the files again',
      );
    }
    let at = 0;
    for (const weight of weights) {
      const length = byteLength(weight, name);
      constants.set(weight.name, toConstant(weight, bytes.subarray(at, at + length)));
      at += length;
    }
  }
  return constants;
}

function joined(paths: readonly string[], shards: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const parts = paths.map((path) => {
    const part = shards.get(path);
    if (part !== undefined) return part;
    throw new Problem(
      name,
      `its weight file ${path} is missing`,
      'put it beside the JSON file, under the name that the manifest gives it',
    );
  });
  if (parts.length === 1) return parts[0];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function byteLength({ name, shape, dtype, quantization }: TfjsWeight, model: string): number {
  const table = quantization === undefined ? stored : quantized;
  const type = quantization?.dtype ?? dtype;
  if (!Object.hasOwn(table, type) || !Object.hasOwn(stored, dtype)) {
    throw new Problem(
      model,
      `its weight "${name}" is ${quantization === undefined ? '' : 'quantised '}${type}, which cannot be imported`,
    );
  }
  return elementCount(shape) * bytesPerElement(table[type])!;
}

function toConstant({ shape, dtype, quantization }: TfjsWeight, bytes: Uint8Array): Constant {
  if (quantization === undefined) return new Constant(stored[dtype], shape, bytes);
  const raw = new Constant(quantized[quantization.dtype], shape, bytes);
  if (quantization.dtype === 'float16') return Constant.float32(raw.float32(), shape);
  const { scale = 1, min = 0 } = quantization;
  const values = raw.data as Uint8Array | Uint16Array;
  return dtype === 'int32'
    ? Constant.from(
        'int32',
        Int32Array.from(values, (value) => Math.round(value * scale + min)),
        shape,
      )
    : Constant.float32(
        Float32Array.from(values, (value) => value * scale + min),
        shape,
      );
}
