import { openInlineSession } from './inline-session.js';
import type { Session } from './session.js';
import { openWorkerSession } from './worker-session.js';

/** Where a graph runs. */
export interface OpenGraphOptions {
  /** Worker threads (default: one a core), or threads of one operator where `inline` (default: 1). */
  readonly threads?: number | undefined;
  /** Run in the current thread, which must be a worker thread. */
  readonly inline?: boolean | undefined;
}

/**
 * Loads a graph that was made from a model, such as its gradient, without a card.
 * @param onnx bytes of an ONNX file.
 * @param name the model's name, for messages.
 * @throws Problem where ONNX Runtime cannot load it.
 */
export function openGraph(
  onnx: Uint8Array,
  name: string,
  { inline = false, threads }: OpenGraphOptions = {},
): Promise<Session> {
  return (inline ? openInlineSession : openWorkerSession)(onnx, name, threads);
}
