import { plainName } from '../../../dataset/labels/plain-name.js';
import { type Card, classNames } from '../../../model/card.js';
import { Problem } from '../../../problem.js';

/** What a model decides about a face, by the names of its classes alone. Plain data. */
export interface Decision {
  /** The column of the labels that holds the truth. */
  readonly attribute: string;
  /** The classes that are told apart: those of one output of the card, in its order; or yes and no. */
  readonly classes: readonly string[];
  /** A yes/no decision: yes where the probability of the class is at least the threshold. */
  readonly yes: { readonly class: string; readonly atLeast: number } | null;
  /** The classes of the output. */
  readonly outputClasses: readonly string[];
  /** What labels mean, beside the names of the classes: a class of the decision by the label's plain name. */
  readonly map: Readonly<Record<string, string>>;
}

export interface DecisionWishes {
  readonly attribute: string;
  /** The values that the labels have. */
  readonly labels?: readonly string[] | undefined;
  /** `label=class`, as the user gave them. */
  readonly map?: readonly (readonly [label: string, name: string])[] | undefined;
  /** The class that is yes. */
  readonly positive?: string | undefined;
  /** From which probability on it is yes. */
  readonly decideAt?: number | undefined;
}

/**
 * What a model decides, from its card and the wishes of the user. Classes are matched by name: which of them stands at
 * which index is the card's affair alone.
 *
 * The output is the one that holds the positive class or bona fide; else the one with the classes that the map or the labels
 * name; else the only one with classes.
 *
 * @throws Problem where the card has no such class, or leaves a choice
 */
export function studyDecision(card: Card, wishes: DecisionWishes): Decision {
  const { attribute, labels = [], map = [], decideAt } = wishes;
  const positive = wishes.positive ?? card.bonaFide;
  const outputs = Object.values(card.outputs)
    .map(classNames)
    .filter((classes) => classes.length > 0);
  const all = outputs.flat();
  if (all.length === 0) {
    throw new Problem(
      card.name,
      'its outputs have no classes, so it decides nothing',
      'describe a classifier in the card',
    );
  }
  if (positive === undefined && decideAt !== undefined) {
    throw new Problem(
      '--decide-at',
      'is a threshold without a class',
      `name the class with --positive: ${all.join(', ')}`,
    );
  }
  const known = (name: string) => all.find((each) => plainName(each) === plainName(name));
  const unknown = (option: string, name: string) =>
    new Problem(`${option} ${name}`, `is no class of ${card.name}`, `its classes are ${all.join(', ')}`);
  if (positive !== undefined && known(positive) === undefined) throw unknown('--positive', positive);

  const named = positive === undefined ? undefined : known(positive);
  const mapped = [...map.map(([, name]) => name), ...labels].map(known).find((name) => name !== undefined);
  const outputClasses =
    outputs.find((classes) => classes.includes(named ?? mapped ?? '')) ??
    (outputs.length === 1 ? outputs[0] : undefined);
  if (outputClasses === undefined) {
    throw new Problem(
      card.name,
      `has ${outputs.length} outputs with classes: ${outputs.map((classes) => classes.join('/')).join('; ')}`,
      'say which of them is meant with --map LABEL=CLASS',
    );
  }
  const yes = named === undefined ? null : { class: named, atLeast: decideAt ?? 0.5 };
  const classes =
    yes === null ? [...outputClasses] : [yes.class, oppositeOf(yes.class, outputClasses, card.bonaFide)];
  const meanings: Record<string, string> = {};
  for (const [label, name] of map) {
    const found = classOf(name, { classes, yes, outputClasses, map: {} });
    if (found === undefined) throw unknown(`--map ${label}=${name}:`, name);
    meanings[plainName(label)] = found;
  }
  return { attribute, classes, yes, outputClasses, map: meanings };
}

/** The class that is no: the other one, or all others together, which are attacks where yes is bona fide. */
function oppositeOf(name: string, classes: readonly string[], bonaFide: string | undefined): string {
  const others = classes.filter((each) => each !== name);
  if (others.length === 1) return others[0];
  return name === bonaFide ? 'attack' : `not ${name}`;
}

/** The class of a decision that a label names, or undefined where it names none. */
export function classOf(label: string, decision: Omit<Decision, 'attribute'>): string | undefined {
  const { classes, yes, outputClasses, map } = decision;
  const plain = plainName(label);
  if (Object.hasOwn(map, plain)) return map[plain];
  const own = [...classes, ...outputClasses].find((name) => plainName(name) === plain);
  if (own === undefined || classes.includes(own)) return own;
  // One of several classes that are no together.
  return classes.find((name) => name !== yes?.class);
}

/** What the model decides, from the probability of every class. Ties go to the class that the card names first. */
export function decided({ classes, yes }: Decision, scores: Readonly<Record<string, number>>): string {
  if (yes !== null) return scores[yes.class] >= yes.atLeast ? yes.class : classes[1];
  return classes.reduce((best, name) => (scores[name] > scores[best] ? name : best));
}

/**
 * The class of the network that stands for a class of the decision, to be explained: itself; or where several classes are
 * no together, the most probable of them.
 */
export function networkClass(
  name: string,
  { yes, outputClasses }: Decision,
  scores: Readonly<Record<string, number>>,
): string {
  if (outputClasses.includes(name)) return name;
  return outputClasses
    .filter((each) => each !== yes?.class)
    .reduce((best, each) => (scores[each] > scores[best] ? each : best));
}

/** The probability of a class of the decision: its own, or that it is not yes where several classes are no together. */
export function probabilityOf(
  name: string,
  { yes }: Decision,
  scores: Readonly<Record<string, number>>,
): number {
  return name in scores || yes === null ? scores[name] : 1 - scores[yes.class];
}
