import type { Card } from './card.js';
import { checkCard } from './check-card.js';
import { findCard } from './find-card.js';
import type { Model } from './model.js';
import { openGraph, type OpenGraphOptions } from './open-graph.js';
import { prepareInWorker } from './prepare/prepare-in-worker.js';
import { prepareModel } from './prepare/prepare-model.js';
import { readModelFile } from './read-model-file.js';
import { resolveReference } from './resolve-reference.js';
import type { FetchOptions } from './zoo/catalogue-entry.js';

export interface OpenModelOptions extends FetchOptions, OpenGraphOptions {
  /** The card, or the path of its JSON file; looked for beside the model and in the zoo where left out. */
  readonly card?: Card | string | undefined;
}

/**
 * Opens a model with its card. A zoo model is fetched into the cache on first use.
 * @param reference a model file, or the name of a zoo entry.
 * @throws Problem where the file is no usable model, no card fits it, or it cannot be fetched.
 */
export async function openModel(reference: string, options: OpenModelOptions = {}): Promise<Model> {
  const file = await resolveReference(reference, options);
  const modelFile = await readModelFile(file);
  const { sha256 } = modelFile;
  const inline = options.inline === true;
  const { onnx, ownOutputs, activations } = inline
    ? await prepareModel(modelFile, reference)
    : await prepareInWorker(modelFile, reference);
  const session = await openGraph(onnx, reference, options);
  try {
    const graph = { inputs: session.inputs, outputs: session.outputs.slice(0, ownOutputs) };
    const { card, source } = await findCard({ file, sha256 }, graph, options);
    checkCard(card, graph, source);
    const described = Object.keys(card.outputs);
    return {
      card,
      sha256,
      onnx,
      ...graph,
      activations,
      run: (feeds, outputs = described) => session.run(feeds, outputs),
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}
