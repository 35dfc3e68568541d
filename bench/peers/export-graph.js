// A graph in the form that the peers in PyTorch read: graph.json (nodes, weights with shape and offset, names of input and
// output, shape of one input) and weights.bin (float32).
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function exportGraph(folder, { graph }) {
  const [{ name: input, shape }] = graph.inputs;
  const [{ name: output }] = graph.outputs;
  const isConstant = ({ opType }) => opType === 'Constant';
  const constants = graph.nodes
    .filter(isConstant)
    .map(({ outputs, attributes }) => [outputs[0], attributes.value.value]);
  const stored = [...graph.initializers, ...constants].filter(
    ([, { elementType }]) => elementType === 'float32',
  );
  let offset = 0;
  const weights = stored.map(([name, constant]) => {
    const entry = { name, shape: constant.shape, offset };
    offset += constant.size;
    return entry;
  });
  const nodes = graph.nodes
    .filter((node) => !isConstant(node))
    .map(({ opType, inputs, outputs, attributes }) => ({
      opType,
      inputs,
      output: outputs[0],
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
    }));
  writeFileSync(
    join(folder, 'graph.json'),
    JSON.stringify({ nodes, weights, input, output, shape: shape.slice(1) }),
  );
  writeFileSync(join(folder, 'weights.bin'), Buffer.concat(stored.map(([, constant]) => constant.bytes)));
}
