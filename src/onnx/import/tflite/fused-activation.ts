import { Constant } from '../../constant.js';
import type { GraphBuilder } from '../../graph-builder.js';
import { Unsupported } from '../unsupported.js';

/** Adds the activation that TFLite fuses into an operator (`ActivationFunctionType` in its schema). */
export function activationNode(
  builder: GraphBuilder,
  activation: number,
  input: string,
  output: string,
): void {
  const options = { outputs: [output], name: output };
  const bound = (value: number) => builder.constant(Constant.scalar(value), 'bound');
  switch (activation) {
    case 1:
      builder.node('Relu', [input], {}, options);
      return;
    case 2:
      builder.node('Clip', [input, bound(-1), bound(1)], {}, options);
      return;
    case 3:
      builder.node('Clip', [input, bound(0), bound(6)], {}, options);
      return;
    case 4:
      builder.node('Tanh', [input], {}, options);
      return;
    default:
      throw new Unsupported(`the fused activation ${activation}`);
  }
}
