import { dirname, join, resolve } from 'node:path';
import { labelsOfFileName } from '../../dataset/labels/file-name-labels.js';
import { readLabelTable } from '../../dataset/labels/label-table.js';
import { identityColumns } from '../../dataset/labels/label-table.js';
import { identitySchemes, schemeOfPaths } from '../../dataset/people/identity-schemes.js';
import type { ProtocolPair } from '../../dataset/protocol/protocol.js';
import { readProtocol } from '../../dataset/protocol/read-protocol.js';
import { resolveImages } from '../../dataset/protocol/resolve-images.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { type ImageItem, imageItems } from '../image-items.js';

export interface SampleOptions {
  readonly images?: string | undefined;
  readonly labels?: string | undefined;
  /** Column of the labels, or part of UTKFace's file names. */
  readonly label?: string | undefined;
  /** The label that is bona fide; the others are attacks. */
  readonly bonaFide?: string | undefined;
  readonly pairs?: string | undefined;
  readonly maxImages: number;
  readonly seed: number;
}

/** One image whose answer is known. */
export interface LabelledImage extends ImageItem {
  readonly label: string;
  /** Who is in it, as far as labels or file names tell; else the image is a person of its own. */
  readonly person: string;
}

/** What the networks's answers are held against. */
export type DoctorSamples =
  | {
      readonly kind: 'classes';
      readonly images: readonly LabelledImage[];
      /** For PAD and MAD the label that is bona fide first. */
      readonly labels: readonly string[];
      readonly bonaFide: string | undefined;
      readonly source: string;
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'pairs';
      readonly images: readonly ImageItem[];
      readonly pairs: readonly ProtocolPair[];
      readonly source: string;
      readonly notes: readonly string[];
    };

/** Images of one class, and pairs of one kind, without which nothing is looked at. */
export const fewestOfClass = 2;

/** Names that data sets give to bona fide presentations. */
const bonaFideNames = new Set(['bonafide', 'live', 'real', 'genuine', 'alive', 'liveness']);

/**
 * The images or pairs that the check uses: at most `maxImages` images, drawn by the seed, as evenly from the classes as
 * they allow.
 * @throws {Problem} where the answers cannot be read, or a class has fewer than `fewestOfClass` images.
 */
export async function doctorSamples(options: SampleOptions): Promise<DoctorSamples | undefined> {
  if (options.pairs !== undefined) return pairSamples(options.pairs, options);
  if (options.images !== undefined) return classSamples(options.images, options);
  return undefined;
}

async function classSamples(folder: string, options: SampleOptions): Promise<DoctorSamples> {
  const { items, problems } = await imageItems([folder]);
  const { labelOf, personOf, source } = await labelling(folder, items, options);
  const labelled = items.flatMap((item): LabelledImage[] => {
    const label = labelOf(item);
    return label === undefined || label === '' ? [] : [{ ...item, label, person: personOf(item) }];
  });
  const notes = problems.map(({ message }) => message);
  if (labelled.length < items.length) {
    notes.push(`${items.length - labelled.length} of ${items.length} images have no label and are not used`);
  }
  const names = [...new Set(labelled.map(({ label }) => label))].sort();
  if (names.length < 2) {
    throw new Problem(source, `gives one class only (${names.join('') || 'none'})`, 'add images of another');
  }
  const bonaFide = bonaFideOf(names, options.bonaFide, source);
  const images = labelled.map((image) =>
    bonaFide === undefined || image.label === bonaFide ? image : { ...image, label: 'attack' },
  );
  const labels = bonaFide === undefined ? names : [bonaFide, 'attack'];
  const counts = labels.map((label) => images.filter((image) => image.label === label).length);
  const few = counts.findIndex((count) => count < fewestOfClass);
  if (few !== -1) {
    throw new Problem(
      source,
      `the class "${labels[few]}" has ${counts[few]} image(s); at least ${fewestOfClass} are needed, and 6 to tell differences`,
      'add images, or leave that class out',
    );
  }
  const drawn = drawEvenly(images, labels, options);
  if (drawn.length < images.length)
    notes.push(`${drawn.length} of ${images.length} images drawn by seed ${options.seed}`);
  return { kind: 'classes', images: drawn, labels, bonaFide, source, notes };
}

function bonaFideOf(names: readonly string[], given: string | undefined, source: string): string | undefined {
  if (given !== undefined) {
    if (names.includes(given)) return given;
    throw new Problem(
      `--bona-fide ${given}`,
      `is no label of ${source}`,
      `the labels are ${names.join(', ')}`,
    );
  }
  const known = names.filter((name) => bonaFideNames.has(name.toLowerCase().replaceAll(/[\s_-]/g, '')));
  return known.length === 1 ? known[0] : undefined;
}

interface Labelling {
  readonly labelOf: (image: ImageItem) => string | undefined;
  readonly personOf: (image: ImageItem) => string;
  readonly source: string;
}

const usualColumns = ['label', 'class', 'liveness', 'live', 'spoof', 'attack', 'species', 'gender', 'sex'];

/** Most labels that are taken for classes: more is a quantity such as age. */
const mostLabels = 12;

async function labelling(
  folder: string,
  items: readonly ImageItem[],
  { labels, label }: SampleOptions,
): Promise<Labelling> {
  const people = personsByName(items);
  if (labels !== undefined) {
    const table = await readLabelTable(labels);
    const column =
      label ?? usualColumns.find((name) => table.columns.includes(name)) ?? onlyColumn(table.columns);
    if (column === undefined || !table.columns.includes(column)) {
      throw new Problem(
        labels,
        column === undefined ? 'does not say which column is the class' : `has no column "${column}"`,
        `name one with --label: ${table.columns.join(', ')}`,
      );
    }
    // Paths may be relative to the folder of the images or to that of the table.
    const byFile = new Map(
      [...table.byKey].flatMap(([key, row]) =>
        [resolve(folder, key), resolve(dirname(labels), key)].map((file) => [file, row] as const),
      ),
    );
    const rowOf = ({ file }: ImageItem) => byFile.get(resolve(file));
    if (!items.some((item) => rowOf(item) !== undefined)) {
      throw new Problem(
        labels,
        `names none of the ${items.length} images below ${folder}, such as ${items[0]?.name ?? ''}`,
        'write paths relative to that folder',
      );
    }
    const who = identityColumns.find((name) => table.columns.includes(name));
    return checkedLabels(items, column, {
      labelOf: (item) => rowOf(item)?.[column],
      personOf: (item) => (who === undefined ? undefined : rowOf(item)?.[who]) ?? people(item),
      source: `${labels}, column ${column}`,
    });
  }
  if (items.length > 0 && items.every(({ name }) => labelsOfFileName(name, 'utkface') !== undefined)) {
    const part = label ?? 'gender';
    return checkedLabels(items, part, {
      labelOf: ({ name }) => labelsOfFileName(name, 'utkface')![part],
      personOf: people,
      source: `UTKFace's file names, ${part}`,
    });
  }
  const classOf = ({ name }: ImageItem) => name.split('/').slice(0, -1).at(0);
  if (!items.some((item) => classOf(item) !== undefined)) {
    throw new Problem(
      folder,
      'its images lie in no folders that could name their classes',
      'give --labels FILE (CSV with file and label), or one folder for each class',
    );
  }
  return { labelOf: classOf, personOf: people, source: `the folders in ${folder}` };
}

function checkedLabels(items: readonly ImageItem[], column: string, labelling: Labelling): Labelling {
  const names = new Set(items.flatMap((item) => labelling.labelOf(item) ?? []));
  if (names.size <= mostLabels) return labelling;
  throw new Problem(
    labelling.source,
    `has ${names.size} different labels; the check is of classes, of which there may be ${mostLabels}`,
    `"${column}" may be a quantity: name another column with --label`,
  );
}

function onlyColumn(columns: readonly string[]): string | undefined {
  const others = columns.filter((name) => !identityColumns.includes(name));
  return others.length === 1 ? others[0] : undefined;
}

/** Persons by file names that are known to carry them; folders are classes here, not people. */
function personsByName(items: readonly ImageItem[]): (item: ImageItem) => string {
  const found = schemeOfPaths(items.map(({ name }) => name));
  const scheme = found === 'folder' ? undefined : found;
  return ({ name }) => {
    const own = scheme === undefined ? undefined : identitySchemes[scheme].identityOf(name);
    return own ?? identitySchemes.frll.identityOf(name) ?? name;
  };
}

/** A share of each class, as even as the classes allow: what a small class leaves free, the others fill. */
function drawEvenly(
  images: readonly LabelledImage[],
  labels: readonly string[],
  { maxImages, seed }: SampleOptions,
): LabelledImage[] {
  const classes = labels
    .map((label, at) =>
      shuffled(
        images.filter((image) => image.label === label),
        [seed, at],
      ),
    )
    .sort((a, b) => a.length - b.length);
  let left = maxImages;
  const drawn = classes.flatMap((own, at) => {
    const share = own.slice(0, Math.max(fewestOfClass, Math.floor(left / (classes.length - at))));
    left -= share.length;
    return share;
  });
  return drawn.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function shuffled<Item>(items: readonly Item[], seed: readonly number[]): Item[] {
  return Array.from(new RandomState(seed).permutation(items.length), (i) => items[i]);
}

async function pairSamples(list: string, options: SampleOptions): Promise<DoctorSamples> {
  const folder = resolve(options.images ?? dirname(list));
  const protocol = await resolveImages(await readProtocol(list), folder);
  const notes = protocol.notes.map(({ text }) => text);
  if (protocol.dropped.length > 0) notes.push(`${protocol.dropped.length} rows of ${list} are not used`);
  const pairs = fewerImages(protocol.pairs, options);
  if (pairs.length < protocol.pairs.length) {
    notes.push(
      `${pairs.length} of ${protocol.pairs.length} pairs, between persons drawn by seed ${options.seed}`,
    );
  }
  const genuine = pairs.filter((pair) => pair.genuine).length;
  for (const [kind, count] of [
    ['genuine', genuine],
    ['impostor', pairs.length - genuine],
  ] as const) {
    if (count < fewestOfClass) {
      throw new Problem(
        list,
        `gives ${count} ${kind} pair(s); at least ${fewestOfClass} are needed, and 6 to tell differences`,
        'add pairs, or raise --max-images',
      );
    }
  }
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
  return {
    kind: 'pairs',
    images: names.map((name) => ({ name, file: join(folder, name) })),
    pairs,
    source: list,
    notes,
  };
}

/** The pairs among persons that are drawn until they have `maxImages` images; at least two persons. */
function fewerImages(
  pairs: readonly ProtocolPair[],
  { maxImages, seed }: SampleOptions,
): readonly ProtocolPair[] {
  const images = new Map<string, Set<string>>();
  for (const { a, b, identityA, identityB } of pairs) {
    for (const [image, person] of [
      [a, identityA],
      [b, identityB],
    ]) {
      images.set(person, (images.get(person) ?? new Set()).add(image));
    }
  }
  const drawn = new Set<string>();
  let count = 0;
  for (const person of shuffled([...images.keys()].sort(), [seed])) {
    count += images.get(person)!.size;
    if (count > maxImages && drawn.size >= 2) break;
    drawn.add(person);
  }
  return pairs.filter(({ identityA, identityB }) => drawn.has(identityA) && drawn.has(identityB));
}
