import { availableParallelism } from 'node:os';
import { runTasks } from '../../jobs/run-tasks.js';
import type { Card } from '../../model/card.js';
import { type FaceOptions, faceTools, needsOfView } from '../faces/face-tools.js';
import type { ImageItem } from '../image-items.js';
import type { StudyContext } from '../study.js';
import type { EmbedTaskOptions } from './embed.task.js';

export interface EmbedOptions extends FaceOptions {
  readonly model: string;
  readonly card: Card;
  readonly aligned?: boolean | undefined;
  readonly workers?: number | undefined;
}

/** The embeddings of images by name. Those without one are told to the listener and left out. */
export async function embedImages(
  items: readonly ImageItem[],
  options: EmbedOptions,
  context: StudyContext,
): Promise<Map<string, Float32Array>> {
  const { model, card, aligned = false, workers = availableParallelism() } = options;
  const none = { detector: false, landmarks: false };
  const { tools } = await faceTools(options, aligned ? none : needsOfView(card.input, options), context);
  const outcomes = runTasks<EmbedTaskOptions, ImageItem, Float32Array>({
    module: new URL('./embed.task.js', import.meta.url),
    options: { model, card, aligned, tools },
    items,
    workers: Math.min(workers, items.length),
    signal: context.signal,
  });
  const embeddings = new Map<string, Float32Array>();
  for await (const outcome of outcomes) {
    const { name } = outcome.item;
    if ('result' in outcome) embeddings.set(name, outcome.result);
    else {
      const { message } = 'problem' in outcome ? outcome.problem : outcome.defect;
      context.listen({ type: 'skipped', item: name, reason: message });
    }
  }
  return embeddings;
}
