import { dirname, join, resolve } from 'node:path';
import type { ProtocolPair } from '../../dataset/protocol/protocol.js';
import { readProtocol } from '../../dataset/protocol/read-protocol.js';
import { resolveImages } from '../../dataset/protocol/resolve-images.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { type ImageItem, imageItems } from '../image-items.js';
import { bonaFideLabel } from '../labels/bona-fide-label.js';
import { imageClasses } from '../labels/image-classes.js';

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
  const { labelOf, personOf, source, notes: said } = await imageClasses([folder], items, options);
  const labelled = items.flatMap((item): LabelledImage[] => {
    const label = labelOf(item);
    return label === undefined || label === '' ? [] : [{ ...item, label, person: personOf(item) }];
  });
  const notes = [...problems.map(({ message }) => message), ...said];
  if (labelled.length < items.length) {
    notes.push(`${items.length - labelled.length} of ${items.length} images have no label and are not used`);
  }
  const names = [...new Set(labelled.map(({ label }) => label))].sort();
  if (names.length < 2) {
    throw new Problem(source, `gives one class only (${names.join('') || 'none'})`, 'add images of another');
  }
  const bonaFide = bonaFideLabel(names, options.bonaFide, source);
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
