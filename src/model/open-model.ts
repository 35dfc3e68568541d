import { createHash } from 'node:crypto';
import { Problem } from '../problem.js';
import type { Card } from './card.js';
import { cardInput, checkCard } from './check-card.js';
import { findCard } from './find-card.js';
import { openInlineSession } from './inline-session.js';
import type { Model } from './model.js';
import { readModelFile } from './read-model-file.js';
import { openWorkerSession } from './worker-session.js';

export interface OpenModelOptions {
  /** The card, or the path of its JSON file; looked for beside the model and in the zoo where left out. */
  readonly card?: Card | string | undefined;
  /** Worker threads (default: one a core), or threads of one operator where `inline` (default: 1). */
  readonly threads?: number | undefined;
  /** Run in the current thread, which must be a worker thread. */
  readonly inline?: boolean | undefined;
}

/**
 * Opens a model.
 * @param reference a file (`.onnx`).
 * @throws Problem where the file is no usable model, or no card fits it.
 */
export async function openModel(reference: string, options: OpenModelOptions = {}): Promise<Model> {
  const bytes = await readModelFile(reference);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const open = options.inline === true ? openInlineSession : openWorkerSession;
  const session = await open(bytes, reference, options.threads);
  try {
    const { card, source } = await findCard(reference, session, options.card);
    checkCard(card, session, source);
    cardInput(card, session, source);
    const wanted = Object.keys(card.outputs);
    return {
      card,
      sha256,
      onnx: bytes,
      inputs: session.inputs,
      outputs: session.outputs,
      run: (feeds, outputs = wanted) => session.run(feeds, outputs),
      close: () => session.close(),
    };
  } catch (error) {
    await session.close();
    throw error instanceof Problem ? error : new Error(`while opening ${reference}`, { cause: error });
  }
}
