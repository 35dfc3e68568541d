import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { rate } from '../../../measure/rate.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { studiedImages } from '../measure/studied-images.js';
import type { Shortfall } from './image-outcome.js';

/** What the record of the run holds of the images. */
export interface ImagesSummary {
  readonly images: number;
  readonly right: number;
  readonly wrong: number;
  readonly accuracy: { readonly rate: number; readonly low: number; readonly high: number };
  /** How many images have each true class. */
  readonly classes: Readonly<Record<string, number>>;
  /** Images that lack something; they are in the rates, but not in what needs it. */
  readonly shortfalls: Readonly<Partial<Record<Shortfall, number>>>;
  /** The regions that images have, in their order. */
  readonly regions: readonly string[];
}

/** Writes `images.csv`, one row an image in the order of their names, and adds up. */
export async function summariseImages(run: RunFolder, classes: readonly string[]): Promise<ImagesSummary> {
  const images = await studiedImages(run.folder);
  const columns = [...new Set(images.flatMap(({ labels }) => Object.keys(labels)))];
  const masks = [...new Set(images.flatMap(({ masked }) => Object.keys(masked)))].sort();
  const scored = Object.keys(images[0].scores);
  const regions = [...new Set(images.flatMap((image) => image.regions.map(({ region }) => region)))];
  const rows = images.map((image) => ({
    image: image.name,
    ...Object.fromEntries(columns.map((column) => [`label_${column}`, image.labels[column] ?? ''])),
    truth: image.truth,
    predicted: image.predicted,
    outcome: image.truth === image.predicted ? 'right' : 'wrong',
    ...Object.fromEntries(scored.map((name) => [`p_${name}`, image.scores[name]])),
    explained: image.explained.class,
    target_value: image.explained.value,
    active: image.regions.flatMap(({ region, active }) => (active ? [region] : [])).join(' '),
    active_parts: image.boxes.length,
    concentration: image.concentration,
    ...Object.fromEntries(
      regions.map((region) => [
        `heat_${region}`,
        image.regions.find((each) => each.region === region)?.share ?? '',
      ]),
    ),
    ...Object.fromEntries(
      masks.flatMap((mask) =>
        scored.map((name) => [
          `p_${name}_without_${mask}`,
          mask in image.masked ? image.masked[mask][name] : '',
        ]),
      ),
    ),
    lacks: image.shortfalls.join('; '),
  }));
  await writeFileAtomic(join(run.folder, 'images.csv'), stringify(rows, { header: true }));
  const right = images.filter(({ truth, predicted }) => truth === predicted).length;
  const { rate: value, interval } = rate(right, images.length);
  const shortfalls: Partial<Record<Shortfall, number>> = {};
  for (const each of images.flatMap((image) => image.shortfalls))
    shortfalls[each] = (shortfalls[each] ?? 0) + 1;
  return {
    images: images.length,
    right,
    wrong: images.length - right,
    accuracy: { rate: value, low: interval.low, high: interval.high },
    classes: Object.fromEntries(
      classes.map((name) => [name, images.filter(({ truth }) => truth === name).length]),
    ),
    shortfalls,
    regions,
  };
}
