import { clopperPearson } from '../../measure/clopper-pearson.js';
import type { Interval } from '../../measure/interval.js';
import type { Comparison } from '../../measure/compare-with-reference.js';
import type { Card } from '../../model/card.js';
import { colourName, cropName, type Preprocessing } from '../../model/doctor/candidates.js';
import type { OutputFacts } from '../../model/doctor/output-facts.js';
import { agreesWithCard, type FoundClasses, proposeCard } from '../../model/doctor/propose-card.js';
import { Problem } from '../../problem.js';
import { chanceOfBest } from './chance.js';
import { bestOrder, evidenceRanks } from './class-evidence.js';
import { classScores, type ClassTask } from './class-scores.js';
import type { AxisRow, Diagnosis, Measured, RankingRow } from './doctor-findings.js';
import type { DoctorSamples } from './doctor-samples.js';
import { fewestOfClass } from './doctor-samples.js';
import type { FixedInput } from './doctor.task.js';
import { halvesOf, heldOut } from './held-out.js';
import { pairScores } from './pair-scores.js';
import { type RankedVariant, type RankOptions, type Ranking, rankVariants } from './rank-variants.js';
import { type Resample, resampleImages, resamplePairs } from './resamples.js';
import { type Variant, variantKey } from './search-variants.js';
import { fewestToTell } from './variant-scores.js';
import { valuesOf, type VariantValues } from './variant-values.js';

/** A variant with its scores. */
export interface TrialVariant extends RankedVariant {
  readonly variant: Variant;
}

/** What the variants are measured on, once it is known which images can be used. */
export interface Trial {
  readonly resample: Resample;
  /**
   * The variants that have a result for every image, with their scores.
   * @param order of the classes; the best one of each variant where left out.
   * @param mask the samples that the best orders are found on; all where left out.
   */
  readonly ranked: (order?: readonly number[], mask?: Float64Array) => TrialVariant[];
  readonly counts: Readonly<Record<string, number>>;
  readonly persons: ReadonlyMap<string, string>;
  readonly personsOf: readonly (readonly string[])[];
  readonly images: readonly string[];
  readonly chance: (() => number) | undefined;
}

/** Random deals of the labels; with several classes each costs an assignment. */
const permutations = { two: 999, several: 199 };

/**
 * The trial of the images or pairs that can be used.
 * @param usable whether an image can be used.
 * @throws {Problem} where too few of a class are left.
 */
export function trialOf(
  samples: DoctorSamples,
  output: OutputFacts,
  runs: VariantValues,
  usable: (image: string) => boolean,
  seed: number,
): Trial {
  return samples.kind === 'classes'
    ? classTrial(samples, output, runs, usable, seed)
    : pairTrial(samples, runs, usable);
}

function classTrial(
  { images: all, labels, bonaFide, source }: Extract<DoctorSamples, { kind: 'classes' }>,
  output: OutputFacts,
  runs: VariantValues,
  usable: (image: string) => boolean,
  seed: number,
): Trial {
  const images = all.filter(({ name }) => usable(name));
  const names = images.map(({ name }) => name);
  const task: ClassTask = {
    labels,
    labelOf: images.map(({ label }) => label),
    oneAgainstAll: bonaFide !== undefined,
    nature: output.nature,
  };
  const counts = countsOf(labels, task.labelOf);
  refuseFew(counts, source, 'images in which a face was found');
  const withValues = () =>
    runs.variants.flatMap((variant) => {
      const values = valuesOf(runs, variant, names);
      return values === undefined ? [] : [{ variant, values }];
    });
  const persons = new Map<string, string>();
  images.forEach(({ person, label }) => {
    const kinds = new Set([...(persons.get(person)?.split('\n') ?? []), label]);
    persons.set(person, [...kinds].sort().join('\n'));
  });
  return {
    resample: resampleImages(images),
    counts,
    persons,
    personsOf: images.map(({ person }) => [person]),
    images: names,
    ranked: (order, mask) => {
      const counted = mask ?? new Float64Array(names.length).fill(1);
      const labelOf = task.labelOf.filter((_, i) => counted[i] > 0);
      return withValues().map(({ variant, values }) => {
        const own = values.filter((_, i) => counted[i] > 0);
        const found = order ?? bestOrder(evidenceRanks(own, task.nature), { ...task, labelOf }).order;
        return { variant, unusual: variant.unusual, scores: classScores(values, task, found) };
      });
    },
    chance: () => {
      const ranks = withValues().map(({ values }) => evidenceRanks(values, task.nature));
      return chanceOfBest(
        images.map(({ person }) => person),
        task.labelOf,
        (labelOf) => Math.max(...ranks.map((own) => bestOrder(own, { ...task, labelOf }).area)),
        { permutations: labels.length === 2 ? permutations.two : permutations.several, seed },
      );
    },
  };
}

function pairTrial(
  { pairs: all, source }: Extract<DoctorSamples, { kind: 'pairs' }>,
  runs: VariantValues,
  usable: (image: string) => boolean,
): Trial {
  const pairs = all.filter(({ a, b }) => usable(a) && usable(b));
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const counts = countsOf(
    ['genuine', 'impostor'],
    pairs.map(({ genuine }) => (genuine ? 'genuine' : 'impostor')),
  );
  refuseFew(counts, source, 'pairs with a face in both images');
  const persons = new Map(
    pairs.flatMap(
      ({ identityA, identityB }) =>
        [
          [identityA, ''],
          [identityB, ''],
        ] as const,
    ),
  );
  const enough = Math.min(...Object.values(counts), persons.size) >= fewestToTell;
  const ranked = () =>
    runs.variants.flatMap((variant) => {
      const values = valuesOf(runs, variant, names);
      // A vector of length 0 has no direction.
      if (values?.some((row) => row.every((value) => value === 0)) !== false) return [];
      const byName = new Map(names.map((name, i) => [name, values[i]]));
      return [{ variant, unusual: variant.unusual, scores: pairScores(byName, pairs, enough) }];
    });
  return {
    resample: resamplePairs(pairs.map(({ identityA, identityB }) => [identityA, identityB])),
    counts,
    persons,
    personsOf: pairs.map(({ identityA, identityB }) => [identityA, identityB]),
    images: names,
    ranked,
    chance: undefined,
  };
}

function countsOf(labels: readonly string[], labelOf: readonly string[]): Record<string, number> {
  return Object.fromEntries(labels.map((label) => [label, labelOf.filter((own) => own === label).length]));
}

function refuseFew(counts: Readonly<Record<string, number>>, source: string, of: string): void {
  const few = Object.entries(counts).find(([, count]) => count < fewestOfClass);
  if (few === undefined) return;
  throw new Problem(
    source,
    `leaves ${few[1]} ${few[0]} ${of}; at least ${fewestOfClass} are needed, and ${fewestToTell} to tell differences`,
    'add samples, or choose another --detector',
  );
}

export interface DiagnosisParts {
  readonly trial: Trial;
  readonly samples: DoctorSamples;
  readonly output: OutputFacts;
  readonly input: FixedInput;
  /** The crop of the proposed card, where it is not what was tried. */
  readonly crop: Preprocessing['crop'] | undefined;
  /** The user's card, if there is one; and what to start from. */
  readonly card: Card | undefined;
  readonly base: Card;
  readonly cardVariant: Variant | undefined;
  readonly skipped: readonly { readonly image: string; readonly reason: string }[];
  readonly notes: readonly string[];
  readonly resamples: number;
  readonly seed: number;
}

/** Resamples for choices on the way, of which no figure is shown. */
const quick = 200;
/** Fewest samples of a class, and persons, for a choice on one half and a measure on the other. */
const fewestToHoldOut = 10;
/** Fogliato, Patil and Perona (IJCV 2024): with fewer the intervals of the bootstrap over persons are too narrow. */
const fewPersons = 30;

/** Ranks all variants that were run, and says what the samples show. */
export function diagnose(parts: DiagnosisParts): Diagnosis {
  const { trial, samples, seed, resamples, cardVariant } = parts;
  const pairs = samples.kind === 'pairs';
  const smallest = Math.min(...Object.values(trial.counts), pairs ? trial.persons.size : Infinity);
  const enough = smallest >= fewestToTell;
  const ranked = withOneOrder(trial, { resamples, seed, enough });
  if (ranked.length === 0) {
    throw new Problem(
      parts.base.name,
      'no variant gives a usable result for every image',
      'check the weights',
    );
  }
  const cardAt = cardVariant === undefined ? -1 : placeOf(ranked, cardVariant);
  const ranking = rankVariants(ranked, trial.resample, {
    resamples,
    seed,
    enough,
    prefer: cardAt === -1 ? undefined : cardAt,
  });
  const out = smallest >= fewestToHoldOut ? measureHeldOut(parts, ranked) : null;
  const chance = trial.chance?.() ?? null;
  const rows = rankingRows(ranked, ranking, cardAt, { pairs, enough });
  const chosen = rows[ranking.chosen];
  const found = chance === null ? exceedsChance(out ?? chosen.first) : chance <= 0.05;
  const notes = [...parts.notes];
  if (!enough) notes.push(tooFew(trial, pairs));
  if (enough && chosen.first.interval === null) {
    notes.push(
      `every resample shows the same ${pairs ? 'EER' : 'AUC'}, so there is no interval; without an error among ${smallest} ${pairs ? 'persons or pairs' : 'images of a class'} up to ${(100 * clopperPearson(0, smallest).high).toFixed(1)} % remain possible`,
    );
  }
  if (pairs && trial.persons.size < fewPersons) {
    notes.push(
      `${trial.persons.size} persons: with fewer than some ${fewPersons} the intervals are too narrow`,
    );
  }
  if (parts.card !== undefined && cardAt === -1) {
    notes.push('the card was not judged: its crop cannot be made of every image');
  }
  if (out === null) {
    notes.push(
      `too few to hold samples out (${fewestToHoldOut} of each class are needed): the figures of the chosen variant are optimistic, as it is the best of ${ranked.length}`,
    );
  }
  const classes = classesOf(samples, chosen.order);
  return {
    answers: {
      kind: samples.kind,
      source: samples.source,
      output: parts.output.name,
      counts: trial.counts,
      images: trial.images.length,
      persons: trial.persons.size,
      bonaFide: samples.kind === 'classes' ? (samples.bonaFide ?? null) : null,
      skipped: parts.skipped,
    },
    measures: pairs ? ['EER', "d'"] : [samples.labels.length === 2 ? 'AUC' : 'macro AUC', 'right decisions'],
    tried: ranked.length,
    ranking: inOrder(rows, ranking),
    axes: axisRows(ranked, ranking, rows, { pairs, enough }),
    heldOut: out === null ? null : { ...out, chosen: out.chosen },
    chance,
    verdict: found ? 'found' : 'cannot tell',
    card:
      cardAt === -1 || parts.card === undefined
        ? null
        : {
            verdict: ranking.alike.includes(cardAt)
              ? 'as good as the best'
              : ranking.worse[cardAt] === undefined
                ? 'not told from the best'
                : 'another one is better',
            classes: cardClasses(parts.card, parts.output, classesOf(samples, rows[cardAt].order)),
          },
    proposed: found
      ? proposeCard(
          parts.base,
          parts.input,
          { ...chosen.preprocessing, crop: parts.crop ?? chosen.preprocessing.crop },
          parts.output,
          classes,
          cardNotes(parts, chosen, out, ranking, ranked.length),
        )
      : null,
    notes,
  };
}

/**
 * The variants with the order of the classes that the best of them shows: the order belongs to the network, whatever it
 * is fed.
 */
export function withOneOrder(
  trial: Trial,
  { mask, ...options }: Pick<RankOptions, 'resamples' | 'seed' | 'enough' | 'mask'>,
): TrialVariant[] {
  const free = trial.ranked(undefined, mask);
  if (free.length === 0) return free;
  const { chosen } = rankVariants(free, trial.resample, { ...options, mask });
  const { order } = free[chosen].scores;
  return order === undefined ? free : trial.ranked(order);
}

function placeOf(ranked: readonly { readonly variant: Variant }[], { preprocessing }: Variant): number {
  const key = variantKey(preprocessing);
  return ranked.findIndex(({ variant }) => variantKey(variant.preprocessing) === key);
}

function classesOf(samples: DoctorSamples, order: readonly number[] | null): FoundClasses | undefined {
  if (samples.kind === 'pairs' || order === null) return undefined;
  return { labels: samples.labels, order, bonaFide: samples.bonaFide };
}

function cardClasses(card: Card, { name }: OutputFacts, classes: FoundClasses | undefined) {
  return classes === undefined || !(name in card.outputs)
    ? null
    : agreesWithCard(card, card.outputs[name], classes);
}

function measureHeldOut(
  { trial, seed, resamples, samples }: DiagnosisParts,
  ranked: readonly { readonly variant: Variant }[],
): (Measured & { readonly chosen: readonly string[] }) | null {
  const halves = halvesOf(trial.persons, seed);
  const masks = ([0, 1] as const).map((half) =>
    Float64Array.from(trial.personsOf, (persons) =>
      persons.every((person) => halves.get(person) === half) ? 1 : 0,
    ),
  ) as [Float64Array, Float64Array];
  const labelOf = samples.kind === 'pairs' ? pairLabels(trial, samples) : undefined;
  // Pairs across the halves are lost, so each half must be looked at again.
  if (labelOf !== undefined && masks.some((mask) => !bothThere(mask, labelOf))) return null;
  const learnedFrom = (mask: Float64Array) =>
    withOneOrder(trial, { resamples: quick, seed, enough: true, mask });
  const { value, interval, chosen } = heldOut(masks, learnedFrom, trial.resample, { resamples, seed });
  const pairs = samples.kind === 'pairs';
  return {
    ...(pairs ? errorOf({ value, interval: interval ?? null }) : { value, interval: interval ?? null }),
    chosen: chosen.map((at) => ranked[at].variant.name),
  };
}

function pairLabels(trial: Trial, { pairs }: Extract<DoctorSamples, { kind: 'pairs' }>): boolean[] {
  const names = new Set(trial.images);
  return pairs.filter(({ a, b }) => names.has(a) && names.has(b)).map(({ genuine }) => genuine);
}

function bothThere(mask: Float64Array, genuine: readonly boolean[]): boolean {
  const count = (kind: boolean) => genuine.filter((own, i) => own === kind && mask[i] > 0).length;
  return count(true) >= fewestToTell && count(false) >= fewestToTell;
}

/** An EER out of 1 - EER. */
function errorOf({ value, interval }: Measured): Measured {
  return {
    value: 1 - value,
    interval: interval && { low: 1 - interval.high, high: 1 - interval.low, level: interval.level },
  };
}

interface Kind {
  readonly pairs: boolean;
  readonly enough: boolean;
}

function rankingRows(
  ranked: readonly (RankedVariant & { readonly variant: Variant })[],
  { values, first, second, chosen, worse }: Ranking,
  card: number,
  { pairs, enough }: Kind,
): RankingRow[] {
  return ranked.map(({ variant, scores }, at) => {
    const own: Measured = { value: values[at][0], interval: enough ? intervalOf(first[at]) : null };
    return {
      name: variant.name,
      preprocessing: variant.preprocessing,
      unusual: variant.unusual,
      first: pairs ? errorOf(own) : own,
      second: { value: values[at][1], interval: enough ? intervalOf(second[at]) : null },
      order: scores.order ?? null,
      chosen: at === chosen,
      card: at === card,
      verdict: at === chosen ? 'chosen' : verdictOf(worse[at]),
    };
  });
}

function intervalOf({ interval }: Comparison): Interval | null {
  return interval ?? null;
}

function verdictOf(worse: Ranking['worse'][number]): RankingRow['verdict'] {
  return worse === undefined ? 'tie' : worse === 'first' ? 'worse' : 'decides worse';
}

function inOrder(rows: readonly RankingRow[], { values, chosen }: Ranking): RankingRow[] {
  return rows
    .map((_, at) => at)
    .sort(
      (a, b) =>
        Number(b === chosen) - Number(a === chosen) ||
        values[b][0] - values[a][0] ||
        values[b][1] - values[a][1],
    )
    .map((at) => rows[at]);
}

/** The variants that differ from the chosen one in one thing. */
function axisRows(
  ranked: readonly { readonly variant: Variant }[],
  { chosen, first, second, worse }: Ranking,
  rows: readonly RankingRow[],
  { enough }: Kind,
): AxisRow[] {
  const own = axesOf(ranked[chosen].variant);
  const order = Object.keys(own) as AxisRow['axis'][];
  const found = ranked.flatMap(({ variant }, at): AxisRow[] => {
    const other = axesOf(variant);
    const differing = order.filter((axis) => other[axis] !== own[axis]);
    // A crop has a border of its own; `border` is for boxes that are otherwise the same.
    const axes = differing.filter((axis) => {
      if (axis === 'border') return !differing.includes('crop');
      // The same numbers in another order of channels have another name.
      return axis !== 'range' || !sameNumbers(variant, ranked[chosen].variant);
    });
    if (axes.length !== 1) return [];
    const difference = ({ difference: value, differenceInterval }: Comparison): Measured => ({
      value,
      interval: enough ? (differenceInterval ?? null) : null,
    });
    return [
      {
        axis: axes[0],
        instead: other[axes[0]],
        first: difference(first[at]),
        second: difference(second[at]),
        verdict: rows[at].verdict === 'chosen' ? 'tie' : verdictOf(worse[at]),
      },
    ];
  });
  const inOrderOfAxes = found.sort(
    (a, b) =>
      order.indexOf(a.axis) - order.indexOf(b.axis) ||
      a.first.value - b.first.value ||
      a.second.value - b.second.value,
  );
  // One crop with several borders shows once, with the best of them.
  const shown = new Set<string>();
  return inOrderOfAxes.filter(({ axis, instead }) => {
    const key = `${axis} ${instead}`;
    return shown.size !== shown.add(key).size;
  });
}

function sameNumbers({ preprocessing: a }: Variant, { preprocessing: b }: Variant): boolean {
  return JSON.stringify([a.mean, a.std]) === JSON.stringify([b.mean, b.std]);
}

function axesOf({ preprocessing }: Variant): Record<AxisRow['axis'], string> {
  const { channels, crop, resize } = preprocessing;
  const colour = colourName(preprocessing);
  const [shape, border = ''] = cropName(crop).split(', ');
  return {
    'channel order': channels,
    range: colour.slice(channels.length + 1),
    crop: shape,
    border,
    resize,
  };
}

/** Whether the whole interval of an EER is on the good side of chance; without an interval, whether it is far from it. */
function exceedsChance({ value, interval }: Measured): boolean {
  return interval === null ? value < 0.25 : interval.high < 0.5;
}

function tooFew({ counts, persons }: Trial, pairs: boolean): string {
  const list = Object.entries(counts).filter(([, count]) => count < fewestToTell);
  const what =
    list.length > 0
      ? list.map(([label, count]) => `${count} ${label}`).join(' and ')
      : `${persons.size} persons`;
  return `${what}: with fewer than ${fewestToTell} no test can tell a difference at 5 %, so ${pairs ? 'no difference is' : 'differences in AUC are not'} called real, and there are no intervals`;
}

function cardNotes(
  { samples, trial, output, seed }: DiagnosisParts,
  chosen: RankingRow,
  out: Diagnosis['heldOut'],
  { worse }: Ranking,
  tried: number,
): string[] {
  const counts = Object.entries(trial.counts)
    .map(([label, count]) => `${count} ${label}`)
    .join(', ');
  const kind = samples.kind === 'pairs' ? 'EER' : 'AUC';
  const range = (measured: Measured) =>
    measured.interval === null
      ? ''
      : ` (95 % interval ${measured.interval.low.toFixed(3)} to ${measured.interval.high.toFixed(3)})`;
  const ties = worse.filter((each) => each === undefined).length - 1;
  return [
    `faceprobe models doctor, output ${output.name}, on ${counts}, seed ${seed}: the best of ${tried} preprocessings, ${kind} ${chosen.first.value.toFixed(3)}${range(chosen.first)}` +
      (out === null
        ? ', optimistic as it was chosen on the same images.'
        : `; ${out.value.toFixed(3)}${range(out)} where the choice was made on other persons.`),
    `${ties} others are ties: these samples do not show that they are worse.`,
  ];
}
