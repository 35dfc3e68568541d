import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { Card } from '../../model/card.js';
import { checkCard } from '../../model/check-card.js';
import { cardFileOf } from '../../model/find-card.js';
import { graphInfo } from '../../model/graph-info.js';
import { parseCard } from '../../model/parse-card.js';
import { encodeModel, type OnnxModel } from '../../onnx/index.js';

/** Writes a model with its card beside it; the card is checked against the graph first. */
export async function writeTrainedModel(file: string, model: OnnxModel, card: Card): Promise<void> {
  const checked = parseCard(card, cardFileOf(file));
  checkCard(checked, graphInfo(model), cardFileOf(file));
  // The card first: a model without its card would be taken for one that has none.
  await writeFileAtomic(cardFileOf(file), `${JSON.stringify(checked, null, 2)}\n`);
  await writeFileAtomic(file, encodeModel(model));
}
