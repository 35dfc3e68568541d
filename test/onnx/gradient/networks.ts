import {
  attribute,
  Constant,
  GraphBuilder,
  type Attributes,
  type OnnxModel,
} from '../../../src/onnx/index.js';
import { RandomState } from '../../../src/tensor/random.js';
import { floatInfo, modelOf } from '../tiny-model.js';

const { float, int, ints } = attribute;

/** Writes networks with random weights, layer by layer. */
class Writer {
  readonly builder = new GraphBuilder();
  readonly #random: RandomState;

  constructor(seed: number) {
    this.#random = new RandomState(seed);
  }

  op(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.builder.node(opType, inputs, attributes);
  }

  weights(shape: readonly number[], scale: number, shift = 0): string {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: size }, () => shift + scale * this.#random.uniform(-1, 1));
    return this.builder.constant(Constant.float32(values, shape));
  }

  int64(...values: number[]): string {
    return this.builder.constant(Constant.int64(values));
  }

  conv(x: string, from: number, to: number, kernel: number, stride: number, pad: number): string {
    const weights = this.weights([to, from, kernel, kernel], Math.sqrt(3 / (from * kernel * kernel)));
    return this.op('Conv', [x, weights], {
      kernel_shape: ints([kernel, kernel]),
      strides: ints([stride, stride]),
      pads: ints([pad, pad, pad, pad]),
    });
  }

  batchNormalization(x: string, channels: number): string {
    const [scale, bias, mean] = [0.2, 0.3, 0.3].map((spread, i) =>
      this.weights([channels], spread, i === 0 ? 1 : 0),
    );
    return this.op('BatchNormalization', [x, scale, bias, mean, this.weights([channels], 0.2, 1)], {
      epsilon: float(2e-5),
    });
  }

  /** x W + b over the last axis, as MatMul and Add. */
  dense(x: string, from: number, to: number): string {
    const product = this.op('MatMul', [x, this.weights([from, to], Math.sqrt(3 / from))]);
    return this.op('Add', [this.weights([to], 0.1), product]);
  }

  model(output: string, shape: readonly number[], opset: number): OnnxModel {
    const graph = this.builder.build({
      inputs: [floatInfo('x', ['batch', ...shape])],
      outputs: [floatInfo(output, undefined)],
    });
    return modelOf(graph, opset);
  }
}

/**
 * A network with the shape of InsightFace's IR-50 (50 layers, 3-4-14-3 blocks of BN-Conv-BN-PReLU-Conv-BN, shortcuts by
 * MaxPool or by Conv and BN, and the head BN-Dropout-Flatten-Gemm-BN), narrow and for 32x32 pixels.
 */
export function ir50(): OnnxModel {
  const writer = new Writer(50);
  const prelu = (x: string, channels: number) =>
    writer.op('PRelu', [x, writer.weights([channels, 1, 1], 0.2, 0.25)]);
  let channels = 4;
  let x = writer.conv(writer.builder.reserve('x'), 3, channels, 3, 1, 1);
  x = prelu(writer.batchNormalization(x, channels), channels);
  for (const [width, blocks] of [
    [4, 3],
    [8, 4],
    [12, 14],
    [16, 3],
  ]) {
    for (let block = 0; block < blocks; block++) {
      const stride = block === 0 ? 2 : 1;
      const window = { kernel_shape: ints([1, 1]), strides: ints([stride, stride]) };
      const shortcut =
        width === channels
          ? writer.op('MaxPool', [x], window)
          : writer.batchNormalization(writer.conv(x, channels, width, 1, stride, 0), width);
      let residual = writer.conv(writer.batchNormalization(x, channels), channels, width, 3, 1, 1);
      residual = prelu(writer.batchNormalization(residual, width), width);
      residual = writer.batchNormalization(writer.conv(residual, width, width, 3, stride, 1), width);
      x = writer.op('Add', [residual, shortcut]);
      channels = width;
    }
  }
  x = writer.op('Dropout', [writer.batchNormalization(x, channels)], { ratio: float(0.4) });
  x = writer.op('Flatten', [x], { axis: int(1) });
  const weights = writer.weights([32, channels * 4], 0.3);
  x = writer.op('Gemm', [x, weights, writer.weights([32], 0.1)], { transB: int(1) });
  return writer.model(writer.batchNormalization(x, 32), [3, 32, 32], 11);
}

/**
 * A vision transformer as PyTorch exports it: patches by Conv, a class token, positions, and blocks of LayerNormalization,
 * attention by MatMul and Softmax with heads split by Reshape and Transpose, and an MLP with GELU written out.
 */
export function visionTransformer(): OnnxModel {
  const writer = new Writer(16);
  const [width, heads, tokens, opset] = [12, 3, 17, 17];
  const op = writer.op.bind(writer);
  const scalar = (value: number) => writer.builder.constant(Constant.float32([value], []));
  const normalise = (x: string) =>
    op('LayerNormalization', [x, writer.weights([width], 0.2, 1), writer.weights([width], 0.2)], {
      axis: int(-1),
      epsilon: float(1e-6),
    });
  const gelu = (x: string) => {
    const erf = op('Erf', [op('Div', [x, scalar(Math.SQRT2)])]);
    return op('Mul', [op('Mul', [x, op('Add', [erf, scalar(1)])]), scalar(0.5)]);
  };
  const attention = (x: string) => {
    const joined = writer.dense(x, width, 3 * width);
    const split = op('Reshape', [joined, writer.int64(-1, tokens, 3, heads, width / heads)]);
    const ordered = op('Transpose', [split], { perm: ints([2, 0, 3, 1, 4]) });
    const [q, k, v] = [0, 1, 2].map((i) =>
      op('Gather', [ordered, writer.builder.constant(Constant.scalar(i, 'int64'))], { axis: int(0) }),
    );
    const scaled = op('Mul', [q, scalar(1 / Math.sqrt(width / heads))]);
    const scores = op('MatMul', [scaled, op('Transpose', [k], { perm: ints([0, 1, 3, 2]) })]);
    const mixed = op('MatMul', [op('Softmax', [scores], { axis: int(-1) }), v]);
    const merged = op('Reshape', [
      op('Transpose', [mixed], { perm: ints([0, 2, 1, 3]) }),
      writer.int64(-1, tokens, width),
    ]);
    return writer.dense(merged, width, width);
  };

  const patches = writer.conv(writer.builder.reserve('x'), 3, width, 4, 4, 0);
  const shape = op('Shape', [patches]);
  const batch = op('Gather', [shape, writer.int64(0)], { axis: int(0) });
  const flat = op('Reshape', [
    patches,
    op('Concat', [batch, writer.int64(width, tokens - 1)], { axis: int(0) }),
  ]);
  const token = op('Expand', [
    writer.weights([1, 1, width], 1),
    op('Concat', [batch, writer.int64(1, width)], { axis: int(0) }),
  ]);
  const sequence = op('Concat', [token, op('Transpose', [flat], { perm: ints([0, 2, 1]) })], {
    axis: int(1),
  });
  let x = op('Add', [sequence, writer.weights([1, tokens, width], 0.5)]);
  for (let block = 0; block < 3; block++) {
    x = op('Add', [x, attention(normalise(x))]);
    x = op('Add', [x, writer.dense(gelu(writer.dense(normalise(x), width, 4 * width)), 4 * width, width)]);
  }
  const first = op('Gather', [normalise(x), writer.builder.constant(Constant.scalar(0, 'int64'))], {
    axis: int(1),
  });
  const head = op('Gemm', [first, writer.weights([8, width], 0.4), writer.weights([8], 0.1)], {
    transB: int(1),
  });
  return writer.model(head, [3, 16, 16], opset);
}
