import { Problem } from '../../problem.js';
import { pruneDeadNodes } from '../edit/extract-subgraph.js';
import { setOpset } from '../edit/set-opset.js';
import { GraphBuilder } from '../graph-builder.js';
import { isSeedName } from '../gradient/names.js';
import { reachedFrom } from '../edit/reached-from.js';
import { opsetVersion, type OnnxModel } from '../graph.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { convOfFlippedKernel } from './conv-of-flipped-kernel.js';
import { convOfInsertedZeros } from './conv-of-inserted-zeros.js';
import { maskByStep } from './mask-by-step.js';
import { mulOfSinglePlace } from './mul-of-single-place.js';
import { preluBySlope } from './prelu-by-slope.js';
import { preluOfHalves } from './prelu-of-halves.js';
import { RewriteSite, type Rewrite } from './rewriter.js';
import { slopeByStep } from './slope-by-step.js';

/** The oldest opset that has every operator which the rewrites write, in the form they write it. */
const rewritesOpset = 13;

/** Every rewrite, the more special ones first: of those that fit a node, the first is applied. */
const rewrites: readonly Rewrite[] = [
  mulOfSinglePlace,
  convOfFlippedKernel,
  convOfInsertedZeros,
  preluBySlope,
  preluOfHalves,
  slopeByStep,
  maskByStep,
];

/**
 * Writes a model in operators that ONNX Runtime computes faster; what it computes stays the same but for rounding.
 * Weights are rearranged on the way, so this comes after every change of them. A model that has nothing to gain is
 * returned as it is.
 */
export function rewrite(original: OnnxModel, chosen: readonly Rewrite[] = rewrites): OnnxModel {
  const model = inNewEnoughOpset(original);
  if (model === undefined) return original;
  const { graph } = model;
  const facts = inferShapes(model);
  const producers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const tensors = [...graph.inputs.map(({ name }) => name), ...graph.nodes.flatMap(({ outputs }) => outputs)];
  const fromSeeds = reachedFrom(tensors.filter(isSeedName), graph.nodes);
  const written = new Map<string, string>();
  const builder = new GraphBuilder({ ...graph, nodes: [] });
  for (const node of graph.nodes) for (const name of [node.name, ...node.outputs]) builder.reserve(name);
  let count = 0;
  for (const node of graph.nodes) {
    const site = new RewriteSite(node, builder, graph, facts, producers, fromSeeds, written);
    for (const each of node.domain === '' ? chosen : []) if (!site.replaced) each(node, site);
    if (site.replaced) count++;
    else builder.push(node);
  }
  return count === 0 ? original : pruneDeadNodes({ ...model, graph: builder.build({}) });
}

/** A model that cannot be written in a newer opset stays as it is: it runs all the same. */
function inNewEnoughOpset(model: OnnxModel): OnnxModel | undefined {
  if (opsetVersion(model) >= rewritesOpset) return model;
  try {
    return setOpset(model, rewritesOpset);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
