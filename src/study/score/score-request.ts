import { type Card, classNames } from '../../model/card.js';
import { Problem } from '../../problem.js';

/** What is scored. Plain data. */
export type ScoreRequest =
  | { readonly kind: 'class'; readonly class: string }
  | { readonly kind: 'similarity'; readonly reference: string; readonly keepEmbedding: boolean }
  /** Embeddings alone. */
  | { readonly kind: 'embedding'; readonly keepEmbedding: true };

export interface ScoreWishes {
  readonly class?: string | undefined;
  readonly reference?: string | undefined;
  readonly embeddings?: string | undefined;
}

/**
 * What the score of a model is: the probability of the class that the user names, else of bona fide, else the cosine to
 * the reference.
 * @throws {Problem} where the card leaves it open, or lacks what is named.
 */
export function scoreRequest(wishes: ScoreWishes, card: Card): ScoreRequest {
  const outputs = Object.values(card.outputs);
  const classes = outputs.flatMap((output) => [...classNames(output)]);
  const embeds = outputs.some(({ kind }) => kind === 'embedding');
  const keepEmbedding = wishes.embeddings !== undefined;
  if (wishes.class === undefined && embeds && card.bonaFide === undefined) {
    if (wishes.reference !== undefined)
      return { kind: 'similarity', reference: wishes.reference, keepEmbedding };
    if (keepEmbedding) return { kind: 'embedding', keepEmbedding };
    throw new Problem(
      card.name,
      'gives embeddings, which need something to be compared with',
      'give --reference IMAGE, or --embeddings FILE to keep them',
    );
  }
  if (!embeds && (keepEmbedding || wishes.reference !== undefined)) {
    throw new Problem(card.name, 'gives no embedding', 'leave --reference and --embeddings out');
  }
  const wanted = wishes.class ?? card.bonaFide;
  const remedy = `name one with --class: ${classes.join(', ')}`;
  if (wanted === undefined)
    throw new Problem(card.name, 'its card does not say which class is the score', remedy);
  if (!classes.includes(wanted))
    throw new Problem(`--class ${wanted}`, `is no class of ${card.name}`, remedy);
  return { kind: 'class', class: wanted };
}
