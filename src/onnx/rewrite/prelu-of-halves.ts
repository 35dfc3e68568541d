import { affineInputs, valuesPerChannel } from './per-channel.js';
import type { Rewrite } from './rewriter.js';

/**
 * PRelu(x) = Relu(x) - slope · Relu(-x) on images, with the products as depthwise 1x1 convolutions. ONNX Runtime fuses
 * those with the Relu and with the sum, and stays in its blocked layout, in which it has no PRelu.
 */
export const preluOfHalves: Rewrite = (node, site) => {
  if (node.opType !== 'PRelu') return;
  const [x, slope] = node.inputs;
  const slopes = valuesPerChannel(slope, x, site);
  if (slopes === undefined) return;
  const mirrored = affineInputs(
    x,
    slopes.map(() => -1),
    undefined,
    site,
  );
  const negative = site.op('Relu', [site.op('Conv', mirrored.inputs, mirrored.attributes)]);
  const sloped = affineInputs(
    negative,
    slopes.map((value) => -value),
    undefined,
    site,
  );
  site.replace('Add', [site.op('Conv', sloped.inputs, sloped.attributes), site.op('Relu', [x])]);
};
