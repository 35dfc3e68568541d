import { Constant } from '../constant.js';
import type { Node } from '../graph.js';
import { affineInputs } from './per-channel.js';
import type { Rewrite, RewriteSite } from './rewriter.js';

/**
 * Where(c < x and x < d, g, 0) on images, the gradient of Relu and Clip, as g times a step for each bound: ONNX Runtime
 * compares and chooses slowly and outside of its blocked layout. A step is Clip(A x - A c, 0, 1) with the product as a
 * depthwise 1x1 convolution. A is a power of two so large that the steps are exact: 0 at the bound and 1 at the next float32
 * beyond it (denormal numbers count as zero).
 *
 * Only of what comes from a seed: a model's own Where may be there to keep NaN out, and a product with 0 does not. The same
 * goes for an infinite gradient.
 */
export const maskByStep: Rewrite = (node, site) => {
  if (node.opType !== 'Where') return;
  const [condition, g, zero] = node.inputs;
  if (site.scalar(zero) !== 0 || !site.fromSeeds.has(g)) return;
  const bounds = boundsOf(site.producer(condition), site);
  if (bounds === undefined) return;
  const steps = bounds.map((bound) => step(bound, site));
  const mask = steps.reduce((result, each) => site.op('Mul', [result, each]));
  site.replace('Mul', [g, mask]);
};

interface Bound {
  readonly x: string;
  readonly channels: number;
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
  if (value === undefined || (value !== 0 && (Math.abs(value) < 2 ** -30 || Math.abs(value) > 2 ** 60))) {
    return undefined;
  }
  const shape = site.shape(x);
  const channels = shape?.[1];
  const isImages = shape?.length === 4 && typeof channels === 'number';
  if (!isImages || site.facts.get(x)?.elementType !== 'float32') return undefined;
  return [{ x, channels, value, side: node.opType === 'Greater' ? 1 : -1 }];
}

function step({ x, channels, value, side }: Bound, site: RewriteSite): string {
  const slope = side * 2 ** (value === 0 ? 126 : 60);
  const fill = (each: number) => new Float32Array(channels).fill(each);
  const shift = value === 0 ? undefined : fill(-slope * value);
  const { inputs, attributes } = affineInputs(x, fill(slope), shift, site);
  const [zero, one] = [0, 1].map((each) => site.store(Constant.float32([each], [])));
  return site.op('Clip', [site.op('Conv', inputs, attributes), zero, one]);
}
