import { attribute } from '../../../src/onnx/attributes.js';
import { encodeModel } from '../../../src/onnx/codec/encode-model.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { floatInfo, modelOf } from '../../onnx/tiny-model.js';

/** Side of the images. */
export const side = 8;

function network(outputs: number, write: (builder: GraphBuilder, means: string) => string): Uint8Array {
  const builder = new GraphBuilder();
  const pooled = builder.node('GlobalAveragePool', [builder.reserve('x')]);
  const means = builder.node('Flatten', [pooled], { axis: attribute.int(1) });
  builder.node('Identity', [write(builder, means)], {}, { outputs: ['y'] });
  return encodeModel(
    modelOf(
      builder.build({
        inputs: [floatInfo('x', ['n', 3, side, side])],
        outputs: [floatInfo('y', ['n', outputs])],
      }),
    ),
  );
}

function gemm(builder: GraphBuilder, x: string, weights: readonly number[], bias: readonly number[]): string {
  const w = builder.constant(Constant.float32(weights, [weights.length / bias.length, bias.length]));
  return builder.node('Gemm', [x, w, builder.constant(Constant.float32(bias))]);
}

/**
 * Two logits, [attack, live]: live where the first channel is above 150 on a scale of 0..255. In every smaller range the
 * network sees nothing, and with the channels in another order it sees the wrong one.
 */
export function rawFirstChannel(): Uint8Array {
  return network(2, (builder, means) => {
    const above = builder.node('Relu', [gemm(builder, means, [1, 0, 0], [-100])]);
    return gemm(builder, above, [0, 0.1], [5, 0]);
  });
}

/** Two logits whose difference is that of the first and the second channel, whatever range they are in. */
export function channelDifference(): Uint8Array {
  return network(2, (builder, means) => gemm(builder, means, [1, -1, -1, 1, 0, 0], [0, 0]));
}

/** The three channel means: an embedding that tells persons by their colour, where it is centred. */
export function colourEmbedding(): Uint8Array {
  return network(3, (builder, means) => builder.node('Identity', [means]));
}
