import { Constant } from '../constant.js';
import type { Node } from '../graph.js';
import { affineInputs, valuesPerChannel } from './per-channel.js';
import type { Rewrite, RewriteSite } from './rewriter.js';

/**
 * Where(x < 0, slope, 1), the derivative of PRelu and LeakyRelu, as slope + (1 - slope) · step(x): 1 from 0 on, 0 below
 * (but for denormal numbers). Products and sums are depthwise 1x1 convolutions, which stay in ONNX Runtime's blocked layout.
 */
export const slopeByStep: Rewrite = (node, site) => {
  const slope = slopeOf(node, site);
  const written = slope === undefined ? undefined : writeSlope(slope.x, slope.slopes, site);
  if (written !== undefined) site.replace('Identity', [written]);
};

/** What a node is the derivative of, if it is Where(x < 0, slopes, 1). */
export function slopeOf(node: Node, site: RewriteSite): { x: string; slopes: string } | undefined {
  if (node.opType !== 'Where') return undefined;
  const [condition, slopes, one] = node.inputs;
  const comparison = site.producer(condition);
  if (comparison?.opType !== 'Less' || site.scalar(one) !== 1 || site.scalar(comparison.inputs[1]) !== 0)
    return undefined;
  return { x: comparison.inputs[0], slopes };
}

/** Writes the derivative of PRelu, once for an input; `undefined` where the slopes differ by place. */
export function writeSlope(x: string, slopes: string, site: RewriteSite): string | undefined {
  const values = valuesPerChannel(slopes, x, site);
  if (values === undefined) return undefined;
  return site.once(`slope of ${x} by ${slopes}`, () => {
    const fill = (value: number) => new Float32Array(values.length).fill(value);
    // So steep that it is 0 at the first normal number below 0; and 1 at 0.
    const ramp = affineInputs(x, fill(2 ** 126), fill(1), site);
    const [zero, one] = [0, 1].map((bound) => site.store(Constant.float32([bound], [])));
    const step = site.op('Clip', [site.op('Conv', ramp.inputs, ramp.attributes), zero, one]);
    const scaled = affineInputs(
      step,
      values.map((value) => 1 - value),
      values,
      site,
    );
    return site.op('Conv', scaled.inputs, scaled.attributes);
  });
}
