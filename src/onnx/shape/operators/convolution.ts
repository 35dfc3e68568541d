import { int, ints, string } from '../../attributes.js';
import type { Dimension } from '../../graph.js';
import { times } from '../dimension.js';
import type { Fact, Operands } from '../fact.js';
import type { Coupling, Operators } from '../operator.js';
import { windowedLength } from './windows.js';

export const convolution: Operators = {
  Conv: { infer: conv, couples },
  ConvTranspose: { infer: convTranspose, couples },
};

/** A batch of images (axis 0) against one set of weights. */
function couples({ facts }: Operands, input: number): Coupling {
  return input === 0 ? allBut(0, facts[0]?.shape?.length ?? 0) : 'all';
}

function allBut(axis: number, rank: number): readonly number[] {
  return Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
}

function conv(operands: Operands): readonly Fact[] {
  const [x, weights] = [operands.shape(0), operands.shape(1)];
  const elementType = operands.elementType(0);
  if (x === undefined || weights === undefined) return [{ elementType }];
  const kernel = kernelOf(operands, weights);
  const spatial = x
    .slice(2)
    .map((length, i) => windowedLength(operands.node, length, kernel[i], i, x.length - 2));
  return [{ elementType, shape: [x[0], weights[0], ...spatial] }];
}

function kernelOf({ node }: Operands, weights: readonly Dimension[]): readonly Dimension[] {
  return ints(node, 'kernel_shape') ?? weights.slice(2);
}

function convTranspose(operands: Operands): readonly Fact[] {
  const [x, weights] = [operands.shape(0), operands.shape(1)];
  const elementType = operands.elementType(0);
  if (x === undefined || weights === undefined) return [{ elementType }];
  const { node } = operands;
  const rank = x.length - 2;
  const kernel = kernelOf(operands, weights);
  const strides = ints(node, 'strides', Array<number>(rank).fill(1));
  const dilations = ints(node, 'dilations', Array<number>(rank).fill(1));
  const pads = ints(node, 'pads', Array<number>(rank * 2).fill(0));
  const extra = ints(node, 'output_padding', Array<number>(rank).fill(0));
  const given = ints(node, 'output_shape');
  const same = string(node, 'auto_pad', 'NOTSET').startsWith('SAME');
  const spatial = x.slice(2).map((length, i): Dimension => {
    if (given !== undefined) return given[i];
    if (same) return times(length, strides[i]);
    const size = kernel[i];
    if (typeof length !== 'number' || typeof size !== 'number') return null;
    return strides[i] * (length - 1) + extra[i] + (size - 1) * dilations[i] + 1 - pads[i] - pads[i + rank];
  });
  return [{ elementType, shape: [x[0], times(weights[1], int(node, 'group', 1)), ...spatial] }];
}
