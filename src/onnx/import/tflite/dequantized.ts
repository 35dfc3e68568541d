import { Constant } from '../../constant.js';
import type { Quantization } from './tflite-model.js';

/** Weights as float32: 16-bit floats are widened, quantised integers multiplied out. Other integers stay as they are. */
export function dequantized(stored: Constant, quantization: Quantization | undefined): Constant {
  const { elementType, shape } = stored;
  if (elementType === 'float16' || elementType === 'bfloat16')
    return Constant.float32(stored.float32(), shape);
  if (quantization === undefined || !['int8', 'uint8', 'int16', 'int32'].includes(elementType)) return stored;
  const { scales, zeroPoints, axis } = quantization;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const values = stored.data as ArrayLike<number>;
  const out = new Float32Array(values.length);
  for (let i = 0; i < out.length; i++) {
    const slice = scales.length === 1 ? 0 : Math.floor(i / inner) % shape[axis];
    out[i] = scales[slice] * (values[i] - (zeroPoints[zeroPoints.length === 1 ? 0 : slice] ?? 0));
  }
  return Constant.float32(out, shape);
}
