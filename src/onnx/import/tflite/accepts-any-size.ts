import type { TfliteModel, TfliteTensor } from './tflite-model.js';

/** Operators that do the same at every place of an image, whatever its size. */
const local = new Set([
  ...['CONV_2D', 'DEPTHWISE_CONV_2D', 'MAX_POOL_2D', 'AVERAGE_POOL_2D', 'DEQUANTIZE', 'CAST', 'PAD', 'PADV2'],
  ...[
    'ABS',
    'ELU',
    'EXP',
    'HARD_SWISH',
    'LEAKY_RELU',
    'LOG',
    'LOGISTIC',
    'NEG',
    'RELU',
    'RELU6',
    'RELU_N1_TO_1',
  ],
  ...[
    'RSQRT',
    'SQRT',
    'SQUARE',
    'TANH',
    'ADD',
    'SUB',
    'MUL',
    'DIV',
    'MAXIMUM',
    'MINIMUM',
    'PRELU',
    'SOFTMAX',
  ],
  ...['L2_NORMALIZATION'],
]);
const channelwise = new Set(['SUM', 'MEAN', 'REDUCE_MAX', 'REDUCE_MIN', 'CONCATENATION']);

/**
 * Whether a network turns images of any height and width into maps: no operator has a size written into it, and every
 * output still has the spatial axes. Such a network (the first stage of MTCNN is one) is exported for one size only
 * because the format wants one.
 */
export function acceptsAnySize({ tensors, operators, inputs, outputs }: TfliteModel): boolean {
  if (inputs.some((input) => tensors[input].signature.slice(1, 3).includes(-1))) return true;
  const isImage = (index: number) => tensors[index].shape.length === 4;
  if (![...inputs, ...outputs].every(isImage)) return false;
  if (outputs.some((output) => tensors[output].shape.slice(1, 3).every((length) => length === 1)))
    return false;
  return operators.every(({ name, inputs: operands, outputs: [output], options }) => {
    const stored = operands
      .filter((index) => index >= 0 && tensors[index].bytes.length > 0)
      .map((index) => tensors[index]);
    if (channelwise.has(name)) {
      if (name === 'CONCATENATION') return [3, -1].includes(options?.int32(0) ?? 0);
      return stored.length === 1 && isChannelAxis(stored[0]) && options?.bool(0) === true;
    }
    if (!local.has(name)) return false;
    const spatial = name.includes('CONV') || name.startsWith('PAD') || name === 'DEQUANTIZE';
    return spatial || (isImage(output) && stored.every(isPerChannel));
  });
}

function isPerChannel({ shape }: TfliteTensor): boolean {
  return shape.slice(0, -1).every((length) => length === 1);
}

function isChannelAxis({ bytes, elementType }: TfliteTensor): boolean {
  if (elementType !== 'int32' || bytes.length !== 4) return false;
  const axis = new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  return axis === 3 || axis === -1;
}
