import { cardInput } from '../model/check-card.js';
import type { Model } from '../model/model.js';
import { openGraph, type OpenGraphOptions } from '../model/open-graph.js';
import type { Session } from '../model/session.js';
import { outputRow } from '../model/outputs/output-row.js';
import { decodeModel, encodeModel, gradient, gradientName, nthName, seedName } from '../onnx/index.js';
import { Problem } from '../problem.js';
import { elementCount, type Tensor } from '../tensor/tensor.js';
import { differentiated } from './differentiated.js';
import { isFinite } from './is-finite.js';
import { withOneRow } from './one-row.js';

/** Seeds of one image that share a forward pass. The graph holds a backward pass for each, so more take longer to load. */
export const seedsOfOnePass = 4;

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
   * as many as images, or any number for one image, which then goes forward once for every `seedsOfOnePass` of them.
   * @returns shape [seeds, ...shape of one image]
   * @throws Problem where a value is NaN or infinite.
   */
  backward(images: Tensor, seeds: readonly ArrayLike<number>[]): Promise<Tensor>;
  /** Ends the sessions of the gradient. */
  close(): Promise<void>;
}

export interface DifferentiableOptions extends OpenGraphOptions {
  /** Seeds of one image that will be asked for at once; the graph for them is loaded now. @default 1 */
  readonly seeds?: number | undefined;
}

/**
 * Differentiates a model once, for any number of explanations. A graph for another number of seeds is loaded when it is
 * first needed.
 *
 * @param output by its name in the graph, such as that of `bindTarget`.
 * @throws Problem where an operator has no rule; it lists the methods that work without a gradient.
 */
export async function openDifferentiable(
  model: Model,
  output: string,
  { seeds: expected = 1, ...options }: DifferentiableOptions = {},
): Promise<Differentiable> {
  const { card } = model;
  const { name: input } = cardInput(card, model, card.name);
  const row = withOneRow(decodeModel(model.onnx, card.name), input);
  const graphOf = (seeds: number) =>
    differentiated(card, () => gradient(row, { of: output, wrt: input, seeds, name: card.name }));
  const first = graphOf(1);
  const axes = first.graph.inputs.find(({ name }) => name === seedName(output))?.shape ?? [];
  /** A length that the graph leaves open can only be that of the whole row. */
  const seedShape = (length: number) =>
    axes.length === 0 ? [1, length] : axes.map((axis) => (typeof axis === 'number' ? axis : length));
  const sessions = new Map<number, Promise<Session>>();
  const sessionOf = (seeds: number): Promise<Session> => {
    const session =
      sessions.get(seeds) ?? openGraph(encodeModel(seeds === 1 ? first : graphOf(seeds)), card.name, options);
    sessions.set(seeds, session);
    return session;
  };
  await sessionOf(Math.min(expected, seedsOfOnePass));

  /** The gradients of some seeds at one image, of which `into` takes one after the other. */
  async function gradientsOf(
    image: Tensor,
    seeds: readonly ArrayLike<number>[],
    into: Float32Array,
  ): Promise<void> {
    const session = await sessionOf(seeds.length);
    const feeds = seeds.map(
      (seed, at) =>
        [
          nthName(seedName(output), at + 1),
          { data: Float32Array.from(seed), shape: seedShape(seed.length) },
        ] as const,
    );
    const names = seeds.map((_, at) => nthName(gradientName(input), at + 1));
    const results = await session.run({ [input]: image, ...Object.fromEntries(feeds) }, names);
    names.forEach((name, at) => into.set(results[name].data, (at * into.length) / seeds.length));
  }

  return {
    model,
    output,
    async forward(images) {
      const outputs = await model.run({ [input]: images }, [output]);
      return Array.from({ length: images.shape[0] }, (_, row) => outputRow(card, outputs, output, row));
    },
    async backward(images, seeds) {
      const [rows, ...shape] = images.shape;
      if (rows > 1 && rows !== seeds.length) throw new Error(`${seeds.length} seeds for ${rows} images`);
      const size = elementCount(shape);
      const data = new Float32Array(seeds.length * size);
      const step = rows > 1 ? 1 : seedsOfOnePass;
      const passes: Promise<void>[] = [];
      for (let at = 0; at < seeds.length; at += step) {
        const end = Math.min(at + step, seeds.length);
        const image = rows > 1 ? images.data.subarray(at * size, end * size) : images.data;
        const into = data.subarray(at * size, end * size);
        passes.push(gradientsOf({ data: image, shape: [1, ...shape] }, seeds.slice(at, end), into));
      }
      await Promise.all(passes);
      if (!isFinite(data)) {
        throw new Problem(
          card.name,
          'a gradient is not finite',
          "check the input's mean and std in the card, and the weights",
        );
      }
      return { data, shape: [seeds.length, ...shape] };
    },
    async close() {
      await Promise.all(Array.from(sessions.values(), async (session) => (await session).close()));
    },
  };
}
