import { type Card, classNames } from '../model/card.js';
import type { FinalActivations } from '../model/model.js';
import { Problem } from '../problem.js';
import { bindTarget, type Target } from './target.js';

export interface TargetOptions {
  /** Of the model; see `bindTarget`. */
  readonly activations?: FinalActivations | undefined;
  /** What is explained of a class where nothing is said. A logit is, where the model has one. @default 'probability' */
  readonly preferred?: 'probability' | 'logit' | undefined;
}

/**
 * What `--target` says: a class by its name or `bona-fide`, with `logit:` before it for the value before softmax or sigmoid,
 * or `probability:` for the value behind; `self-similarity`; or a regressed quantity by its name.
 *
 * @throws Problem where the model has no such target.
 */
export function parseTarget(text: string, card: Card, options: TargetOptions = {}): Target {
  const target = readTarget(text, card, options);
  bindTarget(target, card, options.activations);
  return target;
}

function readTarget(text: string, card: Card, options: TargetOptions): Target {
  if (text === 'self-similarity') return { kind: 'self-similarity' };
  const said = (['logit', 'probability'] as const).find((of) => text.startsWith(`${of}:`));
  const name = said === undefined ? text : text.slice(said.length + 1);
  const of = said ?? preferredOf(name === 'bona-fide' ? card.bonaFide : name, card, options);
  if (name === 'bona-fide') return { kind: 'bona-fide', of };
  const quantities = Object.values(card.outputs).some(
    (output) => output.kind === 'regression' && output.quantity === name,
  );
  return quantities ? { kind: 'quantity', quantity: name } : { kind: 'class', class: name, of };
}

function preferredOf(
  className: string | undefined,
  { outputs }: Card,
  { activations = {}, preferred = 'probability' }: TargetOptions,
): 'probability' | 'logit' {
  const hasLogit = Object.entries(outputs).some(
    ([name, output]) =>
      classNames(output).some((each) => each === className) &&
      (output.kind === 'logits' || Object.hasOwn(activations, name)),
  );
  return hasLogit ? preferred : 'probability';
}

/**
 * What is explained where the user does not say: bona fide; the similarity to the reference where
 * there is one; the similarity of a face to itself; or the only quantity.
 *
 * @param reference embedding of the reference image.
 * @throws Problem where the card leaves a choice, which is then the user's.
 */
export function defaultTarget(card: Card, reference?: Float32Array, options: TargetOptions = {}): Target {
  if (reference !== undefined) return { kind: 'similarity', reference };
  if (card.bonaFide !== undefined) {
    return { kind: 'bona-fide', of: preferredOf(card.bonaFide, card, options) };
  }
  const outputs = Object.values(card.outputs);
  if (outputs.some(({ kind }) => kind === 'embedding')) return { kind: 'self-similarity' };
  const quantities = outputs.filter((output) => output.kind === 'regression');
  if (quantities.length === 1 && outputs.length === 1) {
    return { kind: 'quantity', quantity: quantities[0].quantity };
  }
  const choices = [...outputs.flatMap(classNames), ...quantities.map(({ quantity }) => quantity)];
  throw new Problem(
    card.name,
    'its card does not say what is to be explained',
    `name it with --target${choices.length > 0 ? `: ${choices.join(', ')}` : ''}`,
  );
}
