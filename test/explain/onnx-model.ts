import type { Card } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { exposeLogits } from '../../src/model/prepare/expose-logits.js';
import { openWorkerSession } from '../../src/model/worker-session.js';
import { encodeModel, type OnnxModel } from '../../src/onnx/index.js';

/** A graph made by a test, with a card, in a session of one thread. */
export async function onnxModel(graph: OnnxModel, card: Card): Promise<Model> {
  const { model, activations } = exposeLogits(graph, card.name);
  const onnx = encodeModel(model);
  const session = await openWorkerSession(onnx, card.name, 1);
  return {
    card,
    sha256: '0'.repeat(64),
    onnx,
    activations,
    inputs: session.inputs,
    outputs: session.outputs,
    run: (feeds, outputs = Object.keys(card.outputs)) => session.run(feeds, outputs),
    close: () => session.close(),
  };
}
