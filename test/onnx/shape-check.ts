import assert from 'node:assert/strict';
import { promoteToOutput } from '../../src/onnx/edit/promote-to-output.js';
import type { OnnxModel } from '../../src/onnx/graph.js';
import { inferShapes } from '../../src/onnx/shape/infer-shapes.js';
import { noise, run } from './run.js';

/** Every tensor of the graph has, when it is run, the shape that was inferred from the input's shape. */
export async function inferredShapesAreThoseOfARun(
  model: OnnxModel,
  inputShapes: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  const facts = inferShapes(model, inputShapes);
  const tensors = model.graph.nodes.flatMap(({ outputs }) => outputs.filter((output) => facts.has(output)));
  const floats = tensors.filter((tensor) => /float32|int64/.test(facts.get(tensor)!.elementType ?? ''));
  assert.ok(floats.length > 0);
  const feeds = Object.entries(inputShapes).map(([name, shape]) => {
    const length = shape.reduce((a, b) => a * b, 1);
    return [name, [noise(length), shape]] as const;
  });
  const results = await run(promoteToOutput(model, floats), Object.fromEntries(feeds));
  for (const tensor of floats) assert.deepEqual(facts.get(tensor)!.shape, results[tensor].shape, tensor);
}
