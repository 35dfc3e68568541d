import { attribute } from '../attributes.js';
import { affineInputs, valuesPerChannel } from './per-channel.js';
import type { Rewrite } from './rewriter.js';

/**
 * Where(x < 0, slope, 1), the derivative of PRelu and LeakyRelu, as slope + (1 - slope) · step(x), with HardSigmoid of a
 * slope near the largest float32 as the step: 1 from 0 on, 0 below (but for denormal numbers).
 */
export const slopeByStep: Rewrite = (node, site) => {
  if (node.opType !== 'Where') return;
  const [condition, slope, one] = node.inputs;
  const comparison = site.producer(condition);
  if (comparison?.opType !== 'Less' || site.scalar(one) !== 1 || site.scalar(comparison.inputs[1]) !== 0)
    return;
  const [x] = comparison.inputs;
  const slopes = valuesPerChannel(slope, x, site);
  if (slopes === undefined) return;
  const step = site.op('HardSigmoid', [x], { alpha: attribute.float(3e38), beta: attribute.float(1) });
  const { inputs, attributes } = affineInputs(
    step,
    slopes.map((value) => 1 - value),
    slopes,
    site,
  );
  site.replace('Conv', inputs, attributes);
};
