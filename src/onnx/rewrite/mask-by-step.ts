import { attribute } from '../attributes.js';
import { Constant } from '../constant.js';
import type { Node } from '../graph.js';
import { affineInputs } from './per-channel.js';
import type { Rewrite, RewriteSite } from './rewriter.js';

/**
 * Where(c < x and x < d, g, 0), the gradient of Relu and Clip, as g times a step for each bound: ONNX Runtime compares and
 * chooses slowly and outside of its blocked layout. A step is Clip(A x - A c, 0, 1), on images with the product as a
 * depthwise 1x1 convolution, else as a HardSigmoid. A is a power of two so large that the steps are exact: 0 at the bound
 * and 1 at the next float32 beyond it (denormal numbers count as zero). An infinite g gives NaN where it is masked.
 */
export const maskByStep: Rewrite = (node, site) => {
  if (node.opType !== 'Where') return;
  const [condition, g, zero] = node.inputs;
  if (site.scalar(zero) !== 0 || site.facts.get(g)?.elementType !== 'float32') return;
  const bounds = boundsOf(site.producer(condition), site);
  if (bounds === undefined) return;
  const steps = bounds.map((bound) => step(bound, site));
  const mask = steps.reduce((result, each) => site.op('Mul', [result, each]));
  site.replace('Mul', [g, mask]);
};

interface Bound {
  readonly x: string;
  readonly value: number;
  /** 1 for x > value, -1 for x < value. */
  readonly side: 1 | -1;
}

function boundsOf(node: Node | undefined, site: RewriteSite): readonly Bound[] | undefined {
  if (node?.opType === 'And') {
    const [a, b] = node.inputs.map((input) => boundsOf(site.producer(input), site));
    return a === undefined || b === undefined ? undefined : [...a, ...b];
  }
  if (node?.opType !== 'Greater' && node?.opType !== 'Less') return undefined;
  const [x, bound] = node.inputs;
  const value = site.scalar(bound);
  if (value === undefined || Math.abs(value) > 2 ** 60) return undefined;
  return [{ x, value, side: node.opType === 'Greater' ? 1 : -1 }];
}

function step({ x, value, side }: Bound, site: RewriteSite): string {
  const slope = side * 2 ** (value === 0 ? 126 : 60);
  const shift = value === 0 ? 0 : -slope * value;
  const channels = site.shape(x)?.[1];
  if (site.shape(x)?.length !== 4 || typeof channels !== 'number') {
    return site.op('HardSigmoid', [x], { alpha: attribute.float(slope), beta: attribute.float(shift) });
  }
  const fill = (v: number) => new Float32Array(channels).fill(v);
  const { inputs, attributes } = affineInputs(x, fill(slope), value === 0 ? undefined : fill(shift), site);
  const zero = site.store(Constant.float32([0], []));
  const one = site.store(Constant.float32([1], []));
  return site.op('Clip', [site.op('Conv', inputs, attributes), zero, one]);
}
