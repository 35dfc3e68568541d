import {
  attribute,
  Constant,
  copyReached,
  elementTypeCode,
  gradient,
  GraphBuilder,
  gradientName,
  nthName,
  type Node,
  type OnnxModel,
  reachedFrom,
  seedName,
} from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { withOneRow } from '../one-row.js';

/** One image of a pair by the names of its tensors in the graph. */
export interface PairSide {
  readonly image: string;
  readonly embedding: string;
  /** The gradients of what speaks for and against a match with respect to the image. */
  readonly positive: string;
  readonly negative: string;
}

/** The whole of xSSAB for a pair in one graph. */
export interface PairGraph {
  readonly onnx: OnnxModel;
  readonly a: PairSide;
  readonly b: PairSide;
  /** The input, float64 of shape [1], that takes the threshold of the cosine. */
  readonly threshold: string;
}

/**
 * Writes a graph that takes two images and gives both embeddings and, for each image, the gradients of the two halves of
 * the cosine. The seeds, that is `similarityArguments` followed by `embeddingGradient`, are computed inside, so that each
 * image goes forward only once.
 *
 * @param input of the network, by its name in the graph.
 * @param output the embedding.
 * @throws Problem where an operator has no rule, or the graph takes only several images at once.
 */
export function pairGraph(model: OnnxModel, input: string, output: string, name: string): PairGraph {
  const seeds = [1, 2, 3, 4].map((copy) => nthName(seedName(output), copy));
  const sideOf = (image: string, embedding: string, first: number): PairSide => ({
    image,
    embedding,
    positive: nthName(gradientName(input), first),
    negative: nthName(gradientName(input), first + 1),
  });
  const a = sideOf(input, output, 1);
  const b = sideOf(`${input}.other`, `${output}.other`, 3);
  const rows = model.graph.inputs.find((each) => each.name === input)?.shape?.[0];
  if (typeof rows === 'number' && rows > 1) {
    throw new Problem(name, `takes ${rows} images at once`, 'export it with a free batch, or a batch of one');
  }
  const one = gradient(withOneRow(model, input), { of: output, wrt: input, seeds: 2, name });
  const pair = copyReached(
    one,
    [input, seeds[0], seeds[1]],
    new Map([
      [a.image, b.image],
      [a.embedding, b.embedding],
      [seeds[0], seeds[2]],
      [seeds[1], seeds[3]],
      [a.positive, b.positive],
      [a.negative, b.negative],
    ]),
  );
  return connectSeeds(pair, a, b, seeds);
}

/** The seeds are no longer fed, but computed from the embeddings in float64. */
function connectSeeds(model: OnnxModel, a: PairSide, b: PairSide, seeds: readonly string[]): PairGraph {
  const { graph } = model;
  const fromSeeds = reachedFrom(seeds, graph.nodes);
  const isBackward = ({ outputs }: Node) => outputs.some((output) => fromSeeds.has(output));
  const builder = new GraphBuilder({ ...graph, nodes: graph.nodes.filter((node) => !isBackward(node)) });
  for (const { name, outputs } of graph.nodes) for (const each of [name, ...outputs]) builder.reserve(each);
  const threshold = builder.fresh('threshold');
  const op = (opType: string, inputs: readonly string[]) => builder.node(opType, inputs);
  const cast = (x: string, type: 'float32' | 'float64') =>
    builder.node('Cast', [x], { to: attribute.int(elementTypeCode(type)) });
  const flat = builder.constant(Constant.int64([-1]));
  const first = builder.constant(Constant.int64([0]));
  const product = (x: string, y: string) => op('ReduceSum', [op('Mul', [x, y]), first]);

  const embeddings = [a, b].map(({ embedding }) => {
    const values = cast(op('Reshape', [embedding, flat]), 'float64');
    const length = op('Sqrt', [product(values, values)]);
    return { embedding, length, unit: op('Div', [values, length]) };
  });
  const terms = op('Mul', [embeddings[0].unit, embeddings[1].unit]);
  const bound = op('Div', [threshold, cast(op('Size', [terms]), 'float64')]);
  const isPositive = cast(op('GreaterOrEqual', [terms, bound]), 'float64');
  embeddings.forEach(({ embedding, length, unit }, side) => {
    const reference = embeddings[1 - side].unit;
    const positive = op('Mul', [reference, isPositive]);
    [positive, op('Sub', [reference, positive])].forEach((weights, half) => {
      const along = op('Mul', [unit, product(weights, unit)]);
      const seed = cast(op('Div', [op('Sub', [weights, along]), length]), 'float32');
      const outputs = [seeds[2 * side + half]];
      builder.node('Reshape', [seed, op('Shape', [embedding])], {}, { outputs });
    });
  });
  for (const node of graph.nodes) if (isBackward(node)) builder.push(node);
  const inputs = graph.inputs.filter((each) => !seeds.includes(each.name));
  const built = builder.build({
    inputs: [...inputs, { name: threshold, elementType: 'float64', shape: [1] }],
  });
  return { onnx: { ...model, graph: built }, a, b, threshold };
}
