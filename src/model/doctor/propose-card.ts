import type { Card, CardInput, CardOutput } from '../card.js';
import { classNames } from '../card.js';
import type { Preprocessing } from './candidates.js';
import type { OutputFacts } from './output-facts.js';

/** What was found out about the classes of an output. */
export interface FoundClasses {
  readonly labels: readonly string[];
  /** The output of each label; for PAD that of bona fide alone may be known. */
  readonly order: readonly number[];
  readonly bonaFide: string | undefined;
}

/**
 * A card out of what was found.
 * @param base the user's card, or a draft.
 * @param input sizes and names.
 * @param output the one that was looked at.
 * @param classes `undefined` for an embedding.
 */
export function proposeCard(
  base: Card,
  input: Pick<CardInput, 'name' | 'width' | 'height' | 'layout'>,
  preprocessing: Preprocessing,
  output: OutputFacts,
  classes: FoundClasses | undefined,
  notes: readonly string[],
): Card {
  const known = base.outputs[output.name] as CardOutput | undefined;
  const keeps =
    known !== undefined && classes !== undefined && agreesWithCard(base, known, classes) === 'agree';
  const described: CardOutput = keeps ? known : describedOutput(output, classes);
  const bonaFide = keeps ? base.bonaFide : classes?.bonaFide;
  return {
    name: base.name,
    task: taskOf(base, classes),
    input: { ...input, ...preprocessing },
    outputs: { ...base.outputs, [output.name]: described },
    ...(bonaFide === undefined ? {} : { bonaFide }),
    ...(base.licence === undefined ? {} : { licence: base.licence }),
    notes: [...notes],
  };
}

function taskOf(base: Card, classes: FoundClasses | undefined): Card['task'] {
  if (classes === undefined) return base.task === 'attribute' ? 'attribute' : 'verification';
  if (classes.bonaFide === undefined) return 'attribute';
  return base.task === 'mad' ? 'mad' : 'pad';
}

function describedOutput(output: OutputFacts, classes: FoundClasses | undefined): CardOutput {
  if (classes === undefined) return { kind: 'embedding', normalised: output.unitLength };
  const { labels, order } = classes;
  const length = output.shape.reduce((product, side) => product * side, 1);
  if (length === 1) {
    const [high, low] = [0, 1].map((which) => labels[order.indexOf(which)]);
    if (output.nature === 'probability') return { kind: 'probability', class: high, other: low };
    return { kind: 'other', meaning: `a score without sigmoid: high for ${high}, low for ${low}` };
  }
  const kind = output.nature === 'probabilities' ? 'probabilities' : 'logits';
  return { kind, classes: namedClasses(labels, order, length) };
}

/** The classes in the order of the outputs; what has no label is numbered. */
function namedClasses(labels: readonly string[], order: readonly number[], length: number): string[] {
  const left = order.length < labels.length ? labels[labels.length - 1] : 'unknown';
  const open = length - order.length;
  let nth = 0;
  return Array.from({ length }, (_, output) => {
    const at = order.indexOf(output);
    if (at !== -1) return labels[at];
    nth++;
    return open === 1 ? left : `${left} ${nth}`;
  });
}

/** Whether a card names the classes of an output in the order that was found. */
export function agreesWithCard(
  card: Card,
  output: CardOutput,
  { labels, order, bonaFide }: FoundClasses,
): 'agree' | 'contradict' | 'names differ' {
  const names = classNames(output);
  if (bonaFide !== undefined) {
    if (card.bonaFide === undefined || !names.includes(card.bonaFide)) return 'names differ';
    return names.indexOf(card.bonaFide) === order[0] ? 'agree' : 'contradict';
  }
  const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, '');
  const places = labels.map((label) => names.findIndex((name) => plain(name) === plain(label)));
  if (places.includes(-1)) return 'names differ';
  return places.every((place, at) => place === order[at]) ? 'agree' : 'contradict';
}
