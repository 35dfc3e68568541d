import { basename } from 'node:path';
import { embeddingOutput } from '../../../explain/pair-explanation.js';
import type { Card } from '../../../model/card.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import { fileName } from '../../output-name.js';

/** A model of a similarity study. Plain data. */
export interface StudyModel {
  /** The name on its card, which is unique in the study. */
  readonly name: string;
  /** The name of its folders. */
  readonly folder: string;
  /** A file, or a name of the zoo. */
  readonly reference: string;
  readonly card: Card;
  readonly sha256: string;
}

/**
 * The models of a study with their cards.
 *
 * @param references files and names of the zoo.
 * @param cards `model=card.json`, where the model is a reference, or the name of its file; or a file alone, for the only
 *   model.
 * @throws Problem where a card belongs to no model, two models have one name, or one gives no embedding.
 */
export async function studyModels(
  references: readonly string[],
  cards: readonly string[] = [],
): Promise<StudyModel[]> {
  const asked = [...new Set(references)];
  const cardOf = new Map<string, string>();
  for (const text of cards) {
    const [reference, card] = cardFor(text, asked);
    cardOf.set(reference, card);
  }
  const models: StudyModel[] = [];
  for (const reference of asked) {
    const { card, sha256 } = await describeModel(reference, cardOf.get(reference));
    embeddingOutput(card);
    const folder = fileName(card.name);
    const other = models.find((each) => each.folder === folder);
    if (other !== undefined) {
      throw new Problem(
        reference,
        `its card has the name ${card.name}, as has that of ${other.reference}`,
        'give one of them a card with another name: --card MODEL=FILE',
      );
    }
    models.push({ name: card.name, folder, reference, card, sha256 });
  }
  return models;
}

function cardFor(text: string, references: readonly string[]): [reference: string, card: string] {
  const at = text.indexOf('=');
  if (at < 0) {
    if (references.length === 1) return [references[0], text];
    throw new Problem(`card ${text}`, 'does not say which model it belongs to', 'give --card MODEL=FILE');
  }
  const name = text.slice(0, at);
  const reference = references.find((each) => each === name || basename(each) === name);
  if (reference === undefined) {
    throw new Problem(
      `card ${text}`,
      `${name} is no model of the study`,
      `there are ${references.join(', ')}`,
    );
  }
  return [reference, text.slice(at + 1)];
}
