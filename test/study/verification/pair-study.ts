import { encodeImage } from '../../../src/dataset/encode-image.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import type { Card } from '../../../src/model/card.js';
import { attribute } from '../../../src/onnx/attributes.js';
import { encodeModel } from '../../../src/onnx/codec/encode-model.js';
import { Constant } from '../../../src/onnx/constant.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import type { VerificationOptions } from '../../../src/study/verification/verification-options.js';
import { RandomState } from '../../../src/tensor/random.js';
import { floatInfo, modelOf } from '../../onnx/tiny-model.js';
import type { Workspace } from '../heatmaps/workspace.js';

/** Size of the input of the tiny network, and of its embedding. */
export const [width, height, values] = [20, 16, 6];

export const embedderCard: Card = {
  name: 'tiny-embedder',
  task: 'verification',
  input: {
    name: 'x',
    width,
    height,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [0],
    std: [255],
    crop: { kind: 'whole' },
    resize: 'linear',
  },
  outputs: { y: { kind: 'embedding', normalised: false } },
};

/** One row of weights a value of the embedding, in the layout of the network's input. */
export function embedderWeights(): Float32Array {
  const random = new RandomState(11);
  return Float32Array.from({ length: values * 3 * width * height }, () => random.integer(0, 2001) / 1000 - 1);
}

/**
 * An embedding that is linear in the image: zero where the image is black. It is NaN where the red sample of the first pixel
 * is above 250.
 */
function tinyEmbedder(): Uint8Array {
  const inputs = 3 * width * height;
  const builder = new GraphBuilder();
  const constant = (data: number[], shape: number[], name: string) =>
    builder.constant(Constant.float32(Float32Array.from(data), shape), name);
  const flat = builder.node('Flatten', [builder.reserve('x')], { axis: attribute.int(1) });
  const product = builder.node(
    'Gemm',
    [flat, builder.constant(Constant.float32(embedderWeights(), [values, inputs]), 'w')],
    { transB: attribute.int(1) },
  );
  const first = Array.from({ length: inputs }, (_, at) => (at === 0 ? 1 : 0));
  const red = builder.node('Gemm', [flat, constant(first, [1, inputs], 'first')], {
    transB: attribute.int(1),
  });
  // The root of a negative number, times zero.
  const room = builder.node('Sub', [constant([250.5 / 255], [1], 'limit'), red]);
  const nothing = builder.node('Mul', [builder.node('Sqrt', [room]), constant([0], [1], 'zero')]);
  builder.node('Add', [product, nothing], {}, { outputs: ['y'] });
  return encodeModel(
    modelOf(
      builder.build({
        inputs: [floatInfo('x', ['n', 3, height, width])],
        outputs: [floatInfo('y', ['n', values])],
      }),
    ),
  );
}

/** The mean of each channel as an embedding, of an image of any size. */
export function anySizeEmbedder(): Uint8Array {
  const builder = new GraphBuilder();
  const pooled = builder.node('GlobalAveragePool', [builder.reserve('x')]);
  builder.node('Flatten', [pooled], { axis: attribute.int(1) }, { outputs: ['y'] });
  const inputs = [floatInfo('x', ['n', 3, 'height', 'width'])];
  return encodeModel(modelOf(builder.build({ inputs, outputs: [floatInfo('y', ['n', 3])] })));
}

/** An image of a person: the person's own random pixels, and some noise of the image's own. */
export function personImage(person: number, image: number, noise = 60): RasterImage {
  const own = new RandomState([5, person]);
  const other = new RandomState([6, person, image]);
  const data = Uint8Array.from({ length: width * height * 3 }, () =>
    Math.min(240, Math.max(1, own.integer(20, 221) + other.integer(-noise, noise + 1))),
  );
  return { width, height, channels: 3, data };
}

export const personPath = (person: number, image: number) => `p${person}/${image}.png`;

/** Writes the network and `persons` x 2 images into `photos`. @returns the rows of all genuine and some impostor pairs */
export async function writeStudy(space: Workspace, persons: number): Promise<string[]> {
  space.write('model.onnx', tinyEmbedder());
  space.write('model.card.json', JSON.stringify(embedderCard));
  const rows: string[] = [];
  for (let person = 0; person < persons; person++) {
    for (const image of [1, 2]) {
      const png = await encodeImage(personImage(person, image), 'png');
      space.write(`photos/${personPath(person, image)}`, png);
    }
    rows.push(`${personPath(person, 1)},${personPath(person, 2)},1`);
    for (const step of [1, 2]) {
      const next = (person + step) % persons;
      if (next !== person) rows.push(`${personPath(person, 1)},${personPath(next, 2)},0`);
    }
  }
  return rows;
}

/** The list of a study. @returns the options that all steps share */
export function studyOptions(space: Workspace, rows: readonly string[], output: string): VerificationOptions {
  const pairs = space.write(`photos/${output}.csv`, `file_a,file_b,same\n${rows.join('\n')}\n`);
  return {
    pairs,
    model: space.path('model.onnx'),
    output: space.path(output),
    aligned: true,
    detector: 'mtcnn',
    select: 'largest',
    photos: true,
    seed: 0,
    workers: 1,
  };
}
