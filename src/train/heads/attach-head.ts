import { attribute, extractSubgraph, GraphBuilder, type OnnxModel } from '../../onnx/index.js';
import { headTensors } from './head-model.js';

/** The output of a trained model, by the number of classes. */
export const scoresName = { two: 'probability', more: 'probabilities' } as const;

/**
 * Backbone and head as one model: the backbone up to a tensor, pooling where the head is one of vectors, the head, and
 * sigmoid (one output) or softmax (several) at the end.
 * @param tensor where the head begins
 */
export function attachHead(
  backbone: OnnxModel,
  tensor: string,
  head: OnnxModel,
  { pooled, outputs }: { pooled: boolean; outputs: number },
): OnnxModel {
  const front = extractSubgraph(backbone, [tensor]);
  const builder = new GraphBuilder(front.graph);
  const names = new Map<string, string>();
  const rename = (name: string) => (name === '' ? '' : (names.get(name) ?? name));
  names.set(headTensors.feature, pooled ? pooledFeature(builder, tensor) : tensor);
  for (const [name, constant] of head.graph.initializers) names.set(name, builder.constant(constant, name));
  for (const node of head.graph.nodes) {
    for (const output of node.outputs) names.set(output, builder.fresh(output));
    builder.push({
      ...node,
      name: builder.fresh(node.name),
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    });
  }
  const logits = rename(headTensors.logits);
  const [operator, output] = outputs === 1 ? ['Sigmoid', scoresName.two] : ['Softmax', scoresName.more];
  builder.node(operator, [logits], operator === 'Softmax' ? { axis: attribute.int(1) } : {}, {
    outputs: [builder.reserve(output)],
  });
  const batch = front.graph.inputs[0].shape?.[0] ?? null;
  return {
    ...front,
    graph: builder.build({
      outputs: [{ name: output, elementType: 'float32', shape: [batch, outputs] }],
    }),
  };
}

/** The mean over the places of a map as [images, channels]. */
export function pooledFeature(builder: GraphBuilder, tensor: string): string {
  const averaged = builder.node('GlobalAveragePool', [tensor], {}, { name: 'head.pooling' });
  return builder.node('Flatten', [averaged], { axis: attribute.int(1) }, { name: 'head.vector' });
}
