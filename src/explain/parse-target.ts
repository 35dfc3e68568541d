import type { Card } from '../model/card.js';
import type { FinalActivations } from '../model/model.js';
import { Problem } from '../problem.js';
import { bindTarget, type Target } from './target.js';

/**
 * What `--target` says: a class by its name or `bona-fide`, with `logit:` before it for the value before softmax or sigmoid;
 * `self-similarity`; or a regressed quantity by its name.
 *
 * @param activations of the model; see `bindTarget`.
 * @throws Problem where the model has no such target.
 */
export function parseTarget(text: string, card: Card, activations?: FinalActivations): Target {
  const target = readTarget(text, card);
  bindTarget(target, card, activations);
  return target;
}

function readTarget(text: string, card: Card): Target {
  if (text === 'self-similarity') return { kind: 'self-similarity' };
  const of = text.startsWith('logit:') ? 'logit' : 'probability';
  const name = of === 'logit' ? text.slice('logit:'.length) : text;
  if (name === 'bona-fide') return { kind: 'bona-fide', of };
  const quantities = Object.values(card.outputs).some(
    (output) => output.kind === 'regression' && output.quantity === name,
  );
  return quantities ? { kind: 'quantity', quantity: name } : { kind: 'class', class: name, of };
}

/**
 * What is explained where the user does not say: the probability of bona fide; the similarity to the reference where
 * there is one; the similarity of a face to itself; or the only quantity.
 *
 * @param reference embedding of the reference image.
 * @throws Problem where the card leaves a choice, which is then the user's.
 */
export function defaultTarget(card: Card, reference?: Float32Array): Target {
  if (reference !== undefined) return { kind: 'similarity', reference };
  if (card.bonaFide !== undefined) return { kind: 'bona-fide', of: 'probability' };
  const outputs = Object.values(card.outputs);
  if (outputs.some(({ kind }) => kind === 'embedding')) return { kind: 'self-similarity' };
  const quantities = outputs.filter((output) => output.kind === 'regression');
  if (quantities.length === 1 && outputs.length === 1) {
    return { kind: 'quantity', quantity: quantities[0].quantity };
  }
  throw new Problem(card.name, 'its card does not say what is to be explained', 'name it with --target');
}
