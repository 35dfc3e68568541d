import type { Card } from '../model/card.js';
import { openModel } from '../model/open-model.js';

/** What a run's record says of a model. */
export interface ModelDescription {
  readonly card: Card;
  /** SHA-256 of the user's file. */
  readonly sha256: string;
}

/**
 * The card and the hash of a model, which is fetched where needed and checked, but not kept open: the worker threads of
 * a study open their own.
 * @param card a card file, or undefined to look for one.
 */
export async function describeModel(reference: string, card: string | undefined): Promise<ModelDescription> {
  const model = await openModel(reference, { card, threads: 1 });
  await model.close();
  return { card: model.card, sha256: model.sha256 };
}
