import { Problem } from '../../../problem.js';
import { makeBatchDynamic } from '../../edit/make-batch-dynamic.js';
import { pruneDeadNodes } from '../../edit/extract-subgraph.js';
import type { Dimension, OnnxModel, ValueInfo } from '../../graph.js';
import { fusePRelu } from '../../rewrite/fuse-prelu.js';
import { acceptsAnySize } from './accepts-any-size.js';
import { ImportGraph } from './import-graph.js';
import { converters } from './operators/index.js';
import { readTfliteModel, type TfliteModel, type TfliteOperator } from './tflite-model.js';
import { Refusals } from '../refusals.js';
import { Unsupported } from '../unsupported.js';

/**
 * Turns a TFLite model of float operators into ONNX.
 *
 * Inputs and outputs keep the names, the order and the axes of the file: an image stays [batch, height, width,
 * channels]. Inside, images are [batch, channels, height, width], and one Transpose at each end goes between the two.
 * The batch is free, unless an operator mixes its rows: then it is the exported one. Height and width are free too where every operator allows it and the outputs are maps
 * (`acceptsAnySize`); otherwise they are what the model was exported for. Weights in 16-bit floats or quantised integers
 * become float32.
 * @param name what to call the model in a message, such as its file name
 * @throws {Problem} where the bytes are no TFLite model or a damaged one, or it has operators that cannot be imported,
 * all of which are listed with how often they occur.
 */
export function importTflite(bytes: Uint8Array, name = 'the model'): OnnxModel {
  const tflite = readTfliteModel(bytes, name);
  try {
    return fusePRelu(withFreeBatch(pruneDeadNodes(toOnnx(tflite, name))));
  } catch (cause) {
    // Tables that point to nowhere, operators without their operands.
    if (cause instanceof RangeError)
      throw new Problem(name, 'is a damaged TFLite model', undefined, { cause });
    throw cause;
  }
}

function toOnnx(tflite: TfliteModel, name: string): OnnxModel {
  const anySize = acceptsAnySize(tflite);
  const graph = new ImportGraph(tflite, anySize);
  addOperators(tflite, graph, name);
  const inputs = tflite.inputs.map((input) => inputInfo(tflite, input, anySize));
  return {
    irVersion: 8,
    opsets: new Map([['', 17]]),
    producer: { name: 'faceprobe', version: '' },
    metadata: new Map([['source', 'TFLite']]),
    graph: graph.build('tflite', inputs),
  };
}

function withFreeBatch(model: OnnxModel): OnnxModel {
  try {
    return makeBatchDynamic(model);
  } catch (error) {
    if (error instanceof Problem) return model;
    throw error;
  }
}

function addOperators({ operators, tensors }: TfliteModel, graph: ImportGraph, name: string): void {
  const refusals = new Refusals();
  for (const operator of operators) {
    const done = refusals.attempt(operator.name, () => {
      refuseQuantizedActivations(operator, tensors);
      if (!Object.hasOwn(converters, operator.name)) throw new Unsupported('');
      converters[operator.name](operator, graph);
      return true;
    });
    if (done === undefined) graph.leaveOut(operator.outputs);
  }
  refusals.throwIfAny(name);
}

function refuseQuantizedActivations(
  { name, outputs }: TfliteOperator,
  tensors: TfliteModel['tensors'],
): void {
  const quantized = outputs.some(
    (output) => tensors[output].quantization !== undefined && tensors[output].elementType.includes('int'),
  );
  if (quantized || name === 'QUANTIZE') throw new Unsupported('quantised activations');
}

/** Axes that the file declares free, and heights and widths that need not be fixed, are open. */
function inputInfo({ tensors }: TfliteModel, input: number, anySize: boolean): ValueInfo {
  const { name, elementType, shape, signature } = tensors[input];
  const names = shape.length === 4 ? [null, 'height', 'width', null] : shape.map(() => null);
  const isOpen = (axis: number) => signature[axis] === -1 || (anySize && names[axis] !== null);
  return {
    name,
    elementType,
    shape: shape.map((length, axis): Dimension => (axis > 0 && isOpen(axis) ? names[axis] : length)),
  };
}
