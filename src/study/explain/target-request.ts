import type { Card } from '../../model/card.js';
import { classNames } from '../../model/card.js';
import { Problem } from '../../problem.js';

/** What a user wants explained, before the reference photograph is embedded. Plain data. */
export type TargetRequest =
  | { readonly kind: 'class'; readonly class: string; readonly of: 'probability' | 'logit' }
  | { readonly kind: 'quantity'; readonly quantity: string }
  | { readonly kind: 'self-similarity' }
  | { readonly kind: 'similarity'; readonly referenceFile: string };

export interface TargetOptions {
  readonly target?: string | undefined;
  readonly logit?: boolean | undefined;
  readonly reference?: string | undefined;
}

/**
 * What is explained: what the user names, else bona fide where the card has it, else the similarity of embeddings.
 * @throws {Problem} where the card does not have what is named, or nothing is named and the card leaves it open.
 */
export function targetRequest({ target, logit, reference }: TargetOptions, card: Card): TargetRequest {
  const outputs = Object.values(card.outputs);
  const classes = outputs.flatMap((output) => [...classNames(output)]);
  const quantities = outputs.flatMap((output) => (output.kind === 'regression' ? [output.quantity] : []));
  const embeds = outputs.some(({ kind }) => kind === 'embedding');
  const of = logit === true ? 'logit' : 'probability';

  if (
    target === 'similarity' ||
    (target === undefined && (reference !== undefined || (embeds && card.bonaFide === undefined)))
  ) {
    if (!embeds)
      throw new Problem(
        card.name,
        'has no embedding, so there is no similarity to explain',
        `name one of ${list(classes)}`,
      );
    return reference === undefined
      ? { kind: 'self-similarity' }
      : { kind: 'similarity', referenceFile: reference };
  }
  const wanted = target ?? card.bonaFide;
  if (wanted === undefined) {
    throw new Problem(
      '--target',
      `is needed: ${card.name} has several outputs`,
      `name one of ${list([...classes, ...quantities])}`,
    );
  }
  if (classes.includes(wanted)) return { kind: 'class', class: wanted, of };
  if (quantities.includes(wanted)) return { kind: 'quantity', quantity: wanted };
  const known = [...classes, ...quantities, ...(embeds ? ['similarity'] : [])];
  throw new Problem(`--target ${wanted}`, `is nothing that ${card.name} gives`, `name one of ${list(known)}`);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing: the card describes no class' : names.join(', ');
}
