import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJournal } from '../../../jobs/run/journal.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, FigureBlock, GalleryItem, Report } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import { number } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import { probability } from '../check/in-words.js';
import type { AnalysisSummary } from './analyse.js';
import { type AnalysedImage, analysedImages } from './analysed-images.js';
import type { MapFacts } from './analysis-result.js';
import type { ComparedQuantity, SideMean } from './compare-groups.js';
import { isColourImage } from './map-picture.js';

type Section = Report['sections'][number];

/** Images that the gallery shows; the rest lie in the run's folder. */
const galleryLimit = 24;

/** The report of `liveness analyse`. */
export async function analyseReport(folder: string, record: RunRecord): Promise<RunReport> {
  const summary = record.results as unknown as AnalysisSummary;
  const images = await analysedImages({ results: () => readJournal(join(folder, 'results.jsonl')) });
  const { counts, judgedAttacks, truth, threshold } = summary;
  const { model } = record.settings as { model: { name: string } };
  const sides = truth === null ? 'judged bona fide' : 'bona fide';
  return {
    title: `What ${model.name} says`,
    question: 'What do all outputs of the model say of bona fides and of attacks?',
    keyResults: [
      truth === null
        ? `${judgedAttacks.attack} of ${summary.images} images are judged attacks; nothing says which of them are.`
        : `${judgedAttacks.attack} of ${counts.attack} attacks and ${judgedAttacks['bona fide']} of ${counts['bona fide']} bona fides are judged attacks.`,
    ],
    facts: [
      { name: 'images', value: String(summary.images) },
      { name: sides, value: String(counts['bona fide']) },
      { name: truth === null ? 'judged attacks' : 'attacks', value: String(counts.attack) },
      { name: 'threshold on P(attack)', value: String(threshold) },
      { name: 'which are attacks', value: truth ?? 'not known: the model’s own decisions part the images' },
    ],
    sections: [
      ...quantitySections(summary),
      ...(await mapsSection(folder, summary)),
      await gallerySection(folder, images),
    ],
    howToRead: [
      'P(attack) is one minus the probability of the class that the card names as bona fide. Every other class is shown by ' +
        'its own name, as the card has it.',
      'Intervals are 95 % percentile intervals of a bootstrap over persons within each side; fewer than six images on a ' +
        'side give none. Many quantities are shown, and of those some differ by chance.',
      'Pictures of maps stand for 0 to 1 where all values lie between, else for the range under them. A flat map has one ' +
        'value everywhere: it has no range to stretch.',
      ...(truth === null
        ? ['The two sides are what the model itself decided, so they cannot tell whether it is right.']
        : []),
    ],
  };
}

/** A table for each output of classes, attributes or numbers. */
function quantitySections({ quantities, truth }: AnalysisSummary): Section[] {
  const named = truth === null ? 'judged ' : '';
  const outputs = [...new Set(quantities.map(({ output }) => output))];
  return [
    {
      title: 'Bona fide against attack',
      blocks: outputs.map((output): Block => {
        const rows = quantities.filter((quantity) => quantity.output === output);
        return {
          kind: 'table',
          caption: captionOf(output, rows),
          columns: [
            {
              name: rows[0].kind === 'attribute' ? 'attribute' : rows[0].kind === 'map' ? 'map' : 'quantity',
            },
            { name: `${named}bona fide`, numeric: true },
            { name: `${named}attack`, numeric: true },
            { name: 'difference', numeric: true },
          ],
          rows: rows.map(({ name, bonaFide, attack, difference }) => [
            name,
            meanText(bonaFide),
            meanText(attack),
            difference === null ? 'none' : withRange(difference.value, difference.interval),
          ]),
        };
      }),
    },
  ];
}

function captionOf(output: string, [first]: readonly ComparedQuantity[]): string {
  const n = `n = ${first.bonaFide.n} and ${first.attack.n}`;
  if (output === '') return `Mean P(attack); ${n}.`;
  const what = {
    class: 'probability of each class',
    attribute: 'probability of each attribute',
    number: 'value',
    map: 'value of the map',
  };
  return `${output}: mean ${what[first.kind]}; ${n}.`;
}

function meanText({ mean, interval }: SideMean): string {
  return mean === null ? 'none' : withRange(mean, interval);
}

function withRange(value: number, interval: { low: number; high: number } | null): string {
  return interval === null
    ? number(value)
    : `${number(value)} (${number(interval.low)} to ${number(interval.high)})`;
}

async function mapsSection(folder: string, { maps }: AnalysisSummary): Promise<Section[]> {
  if (maps.length === 0) return [];
  const figures: FigureBlock[] = [];
  for (const { output, meaning, n, flat, figure } of maps) {
    const flats = flat['bona fide'] + flat.attack;
    figures.push({
      // A mean map over many faces shows no photograph.
      image: await picture(folder, figure, false, 900),
      caption:
        `${output} (${meaning}): mean over ${n['bona fide']} and ${n.attack} images` +
        (flats === 0 ? '' : `; ${flat['bona fide']} and ${flat.attack} of them are flat`),
    });
  }
  return [{ title: 'Mean maps', blocks: [{ kind: 'figures', figures }] }];
}

async function gallerySection(folder: string, images: readonly AnalysedImage[]): Promise<Section> {
  const count = Math.min(images.length, galleryLimit);
  const shown = Array.from({ length: count }, (_, at) => images[Math.floor((at * images.length) / count)]);
  const items: GalleryItem[] = [];
  for (const { name, result } of shown) {
    const figures: FigureBlock[] = [];
    if (result.face !== null) {
      figures.push({ image: await picture(folder, result.face, true, 224), caption: 'what the model sees' });
    }
    for (const map of result.maps) {
      figures.push({ image: await picture(folder, map.picture, false, 720), caption: mapCaption(map) });
    }
    items.push({
      name,
      lines: [
        `P(attack) ${probability(result.pAttack)}`,
        ...Object.entries(result.classes).map(([output, classes]) => highest(output, classes)),
      ],
      images: figures,
    });
  }
  const note = images.length > count ? [`${count} of ${images.length} images, evenly spaced by name.`] : [];
  return {
    title: 'Images',
    blocks: [
      ...(note.length > 0 ? [{ kind: 'text', paragraphs: note } as const] : []),
      { kind: 'gallery', items },
    ],
  };
}

/** The likeliest class; names such as `type: photo` say themselves what they are about. */
function highest(output: string, classes: Readonly<Record<string, number>>): string {
  const [[name, value]] = Object.entries(classes).sort(([, a], [, b]) => b - a);
  return `${name.includes(':') ? name : `${output}: ${name}`} ${probability(value)}`;
}

/** `depth: 0.21 to 0.84`; what is flat says so. */
export function mapCaption({
  output,
  channels,
  drawn,
}: Pick<MapFacts, 'output' | 'channels' | 'drawn'>): string {
  if (channels.every(({ flat }) => flat)) {
    return `${output}: flat, ${channels.map(({ mean }) => number(mean)).join(', ')} everywhere`;
  }
  const minimum = Math.min(...channels.map((channel) => channel.minimum));
  const maximum = Math.max(...channels.map((channel) => channel.maximum));
  const names = channels.map(({ channel }) => channel);
  const order =
    names.length === 1
      ? ''
      : isColourImage(names)
        ? ', as a colour image'
        : `, from the left ${names.join(', ')}`;
  const colours = `drawn ${number(drawn.minimum)} to ${number(drawn.maximum)}`;
  return `${output}: ${number(minimum)} to ${number(maximum)}, ${colours}${order}`;
}

async function picture(folder: string, path: string, showsPhotograph: boolean, maximumWidth: number) {
  return reportImage(await readFile(join(folder, path)), { showsPhotograph, maximumWidth });
}
