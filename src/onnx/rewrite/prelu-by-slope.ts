import type { Rewrite } from './rewriter.js';
import { slopeOf, writeSlope } from './slope-by-step.js';

/** PRelu(x) as x times its derivative, in a model that needs the derivative anyway. */
export const preluBySlope: Rewrite = (node, site) => {
  if (node.opType !== 'PRelu') return;
  const [x, slopes] = node.inputs;
  const isDifferentiated = site.graph.nodes.some((other) => {
    const slope = slopeOf(other, site);
    return slope?.x === x && slope.slopes === slopes;
  });
  const written = isDifferentiated ? writeSlope(x, slopes, site) : undefined;
  if (written !== undefined) site.replace('Mul', [x, written]);
};
