import { opsetVersion, type Dimension, type OnnxModel } from '../graph.js';
import { Operands, type Fact } from './fact.js';
import { operatorOf } from './operators/index.js';
import { factOfConstant } from './operators/source.js';

/**
 * Computes the element type and shape of every tensor of a model (subgraphs excepted) from those of its inputs, and the
 * elements of small tensors that hold sizes. Named axes are carried along: with an input [batch, 3, 112, 112] a Reshape
 * may give [4420*batch, 2]. Outputs of operators that are not known are taken from what the file says about them, and
 * where it says nothing they are left out of the result.
 * @param inputShapes shapes to use instead of those the inputs declare
 */
export function inferShapes(
  model: OnnxModel,
  inputShapes: Readonly<Record<string, readonly Dimension[]>> = {},
): Map<string, Fact> {
  const { graph } = model;
  const facts = new Map<string, Fact>();
  for (const [name, stored] of graph.initializers) facts.set(name, factOfConstant(stored));
  for (const { name, elementType, shape } of graph.inputs) {
    facts.set(name, { elementType, shape: Object.hasOwn(inputShapes, name) ? inputShapes[name] : shape });
  }
  const opset = opsetVersion(model);
  // What the file declares holds for the shapes of the file's own inputs only.
  const declared = Object.keys(inputShapes).length === 0;
  for (const node of graph.nodes) {
    const operands = new Operands(
      node,
      opset,
      node.inputs.map((name) => facts.get(name)),
    );
    const outputs = operatorOf(node)?.infer(operands) ?? [];
    node.outputs.forEach((name, i) => {
      const info = declared ? graph.valueInfo.get(name) : undefined;
      const fact = i < outputs.length ? outputs[i] : undefined;
      const elementType = fact?.elementType ?? info?.elementType;
      const shape = fact?.shape ?? info?.shape;
      if (elementType === undefined && shape === undefined) return;
      facts.set(name, { ...fact, elementType, shape });
    });
  }
  return facts;
}
