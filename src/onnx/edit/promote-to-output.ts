import type { OnnxModel, ValueInfo } from '../graph.js';
import { Problem } from '../../problem.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { nearestNames } from './nearest-names.js';

/**
 * Adds tensors to the outputs of a model, behind those it has. What is an output already stays where it is.
 * @param name what to call the model in a message
 * @throws {Problem} where the graph computes no such tensor; the message lists names that look like it.
 */
export function promoteToOutput(model: OnnxModel, tensors: readonly string[], name = 'the model'): OnnxModel {
  const { graph } = model;
  const computed = new Set(graph.nodes.flatMap(({ outputs }) => outputs).filter((output) => output !== ''));
  const outputs = new Set(graph.outputs.map((output) => output.name));
  const facts = inferShapes(model);
  const added: ValueInfo[] = [];
  for (const tensor of tensors) {
    if (!computed.has(tensor)) {
      const near = nearestNames(tensor, [...computed]);
      throw new Problem(name, `computes no tensor "${tensor}"`, `near it are ${near.join(', ')}`);
    }
    if (outputs.has(tensor)) continue;
    outputs.add(tensor);
    const fact = facts.get(tensor);
    added.push({ name: tensor, elementType: fact?.elementType, shape: fact?.shape });
  }
  return { ...model, graph: { ...graph, outputs: [...graph.outputs, ...added] } };
}
