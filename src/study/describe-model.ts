import type { Model } from '../model/model.js';
import { openModel } from '../model/open-model.js';

/** What is known of a model that is not open. */
export type ModelDescription = Pick<Model, 'card' | 'sha256' | 'activations'>;

/**
 * The card and the hash of a model, which is fetched where needed and checked, but not kept open: the worker threads of
 * a study open their own.
 * @param card a card file, or undefined to look for one.
 */
export async function describeModel(reference: string, card: string | undefined): Promise<ModelDescription> {
  const model = await openModel(reference, { card, threads: 1 });
  await model.close();
  return { card: model.card, sha256: model.sha256, activations: model.activations };
}
