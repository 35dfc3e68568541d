import { Problem } from '../../../problem.js';
import { makeBatchDynamic } from '../../edit/make-batch-dynamic.js';
import { pruneDeadNodes } from '../../edit/extract-subgraph.js';
import type { Dimension, Graph, OnnxModel } from '../../graph.js';
import { ChannelsLastGraph, opset, type Value } from '../channels-last/channels-last-graph.js';
import { Refusals } from '../refusals.js';
import { Unsupported } from '../unsupported.js';
import { readKerasFile } from './keras-file.js';
import type { KerasLayer } from './keras-layer.js';
import { readKerasNetwork, type KerasNetwork } from './keras-network.js';
import { converters } from './layers/index.js';

/**
 * Turns a Keras model in an HDF5 file (Sequential or Functional) into ONNX, as it is after training: dropout does
 * nothing, batch normalisation uses the stored statistics. Inputs and outputs have the names of their layers and the axes
 * of the file: an image stays [batch, height, width, channels]. The batch is free.
 * @param name what to call the model in a message, such as its file name
 * @throws {Problem} where the bytes are no such file, damaged, or the model has layers that cannot be imported, all of
 * which are listed with how often they occur.
 */
export async function importKeras(bytes: Uint8Array, name = 'the model'): Promise<OnnxModel> {
  const network = readKerasNetwork(await readKerasFile(bytes, name), name);
  const onnx: OnnxModel = {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: 'faceprobe', version: '' },
    metadata: new Map([['source', 'Keras']]),
    graph: toGraph(network, name),
  };
  return makeBatchDynamic(pruneDeadNodes(onnx), name);
}

function toGraph({ calls, outputs }: KerasNetwork, name: string): Graph {
  const graph = new ChannelsLastGraph(outputs.map((output) => output.name));
  const refusals = new Refusals();
  const values = new Map<string, Value | undefined>();
  for (const { layer, key, inputs } of calls) {
    const value = refusals.attempt(layer.kind, () => {
      if (layer.kind === 'InputLayer') return input(layer, graph);
      if (!Object.hasOwn(converters, layer.kind)) throw new Unsupported('');
      const operands = inputs.map((operand) => {
        if (!values.has(operand))
          throw new Problem(
            name,
            `is damaged: "${layer.name}" reads ${operand}, which is not computed before`,
          );
        return values.get(operand);
      });
      if (!operands.every((operand) => operand !== undefined)) return undefined;
      return converters[layer.kind](layer, operands, graph);
    });
    values.set(key, value);
  }
  refusals.throwIfAny(name, 'layers');
  return graph.build(
    'keras',
    outputs.map((output) => {
      const value = values.get(output.key);
      if (value === undefined) throw new Problem(name, `is damaged: there is no output "${output.name}"`);
      return [output.name, value] as const;
    }),
  );
}

/** The batch is one until it is freed; other free axes stay open. */
function input(layer: KerasLayer, graph: ChannelsLastGraph): Value {
  const shape = layer.value('batch_input_shape') ?? layer.value('batch_shape');
  if (!Array.isArray(shape)) throw new Unsupported('an input shape that is not known');
  const open = shape.length === 4 ? [1, 'height', 'width', null] : [1];
  const lengths = (shape as readonly unknown[]).map((length, axis): Dimension => {
    return typeof length === 'number' && axis > 0 ? length : (open[axis] ?? null);
  });
  return graph.input(layer.name, 'float32', lengths);
}
