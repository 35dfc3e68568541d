import { cardInput } from '../model/check-card.js';
import type { Model } from '../model/model.js';
import { openGraph, type OpenGraphOptions } from '../model/open-graph.js';
import { outputRow } from '../model/outputs/output-row.js';
import { decodeModel, encodeModel, gradient, gradientName, seedName } from '../onnx/index.js';
import { Problem } from '../problem.js';
import { elementCount, type Tensor } from '../tensor/tensor.js';

/** A model beside the graph that differentiates one of its outputs with respect to its input. */
export interface Differentiable {
  /** Runs forward only; stays open when this is closed. */
  readonly model: Model;
  /** The output that is differentiated. */
  readonly output: string;
  /**
   * The values of the output, one array an image.
   * @throws Problem where one is NaN or infinite.
   */
  forward(images: Tensor): Promise<Float32Array[]>;
  /**
   * Vector-Jacobian products: row by row the gradient of `seed · output` with respect to the network's input. Seeds are
   * as many as images, or any number for one image, which then goes forward only once.
   * @returns shape [seeds, ...shape of one image]
   * @throws Problem where a value is NaN or infinite.
   */
  backward(images: Tensor, seeds: readonly ArrayLike<number>[]): Promise<Tensor>;
  /** Ends the sessions of the gradient. */
  close(): Promise<void>;
}

/**
 * Differentiates a model once, for any number of explanations.
 *
 * @param output by its name in the graph, such as that of `bindTarget`.
 * @throws Problem where an operator has no rule; it lists the methods that work without a gradient.
 */
export async function openDifferentiable(
  model: Model,
  output: string,
  options: OpenGraphOptions = {},
): Promise<Differentiable> {
  const { card } = model;
  const { name: input } = cardInput(card, model, card.name);
  const graph = gradient(decodeModel(model.onnx, card.name), { of: output, wrt: input, name: card.name });
  const session = await openGraph(encodeModel(graph), card.name, options);
  const seed = seedName(output);
  const axes = session.inputs.find(({ name }) => name === seed)?.shape ?? [];
  /** Without the batch axis; a length that the graph leaves open can only be that of the whole row. */
  const seedShape = (length: number) =>
    axes.length === 0
      ? [length]
      : axes.slice(1).map((axis) => (typeof axis === 'number' && axis > 0 ? axis : length));
  return {
    model,
    output,
    async forward(images) {
      const outputs = await model.run({ [input]: images }, [output]);
      return Array.from({ length: images.shape[0] }, (_, row) => outputRow(card, outputs, output, row));
    },
    async backward(images, seeds) {
      const data = Float32Array.from(seeds.flatMap((seed) => Array.from(seed)));
      const { data: gradients, shape } = (
        await session.run(
          {
            [input]: images,
            [seed]: { data, shape: [seeds.length, ...seedShape(data.length / seeds.length)] },
          },
          [gradientName(input)],
        )
      )[gradientName(input)];
      if (!gradients.every(Number.isFinite)) {
        throw new Problem(
          card.name,
          'a gradient is not finite',
          "check the input's mean and std in the card, and the weights",
        );
      }
      if (gradients.length !== seeds.length * elementCount(images.shape.slice(1))) {
        throw new Error(`${seeds.length} seeds give gradients of shape [${shape.join(', ')}].`);
      }
      return { data: gradients, shape };
    },
    close: () => session.close(),
  };
}
