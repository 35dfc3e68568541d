import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { outputPath } from '../../../dataset/output-path.js';
import { decodeImage } from '../../../dataset/decode-image.js';
import { renderActiveParts } from '../../../report/figure/render-active-parts.js';
import type { GalleryItem } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import { neutralImage } from '../../../report/neutral-image.js';
import { decodeNpy } from '../../../tensor/npy.js';
import { inWords, percent } from '../../report/in-words.js';
import { mapPath, viewPath } from '../images/image-outcome.js';
import { type Decision, probabilityOf } from '../labels/decision.js';
import type { StudiedImage } from '../measure/studied-images.js';

/** Mistakes that are shown of each class. */
const shown = 9;

/** The mistakes about one class that the model was surest of. */
export function surestMistakes(
  images: readonly StudiedImage[],
  truth: string,
  decision: Decision,
): StudiedImage[] {
  return images
    .filter((image) => image.truth === truth && image.predicted !== truth)
    .toSorted((a, b) => sureness(b, decision) - sureness(a, decision) || (a.name < b.name ? -1 : 1))
    .slice(0, shown);
}

/** Mistakes with what the model saw and the active parts of its map. */
export function mistakeItems(
  folder: string,
  images: readonly StudiedImage[],
  decision: Decision,
): Promise<GalleryItem[]> {
  return Promise.all(images.map((image) => itemOf(folder, image, decision)));
}

async function itemOf(folder: string, image: StudiedImage, decision: Decision): Promise<GalleryItem> {
  const { name, truth, predicted, width, height, regions, boxes, explained, labels } = image;
  const file = outputPath(folder, viewPath(name));
  const photographed = existsSync(file);
  const view = photographed ? (await decodeImage(file, { name })).image : neutralImage(width, height);
  const path = outputPath(folder, mapPath(name, 'npy'));
  const { data, shape } = decodeNpy(await readFile(path), path);
  const figure = await renderActiveParts({
    view,
    map: { data: Float32Array.from(data as Float32Array, (value) => Math.max(0, value)), shape },
    regions: regions.map(({ box }) => box),
    parts: boxes.map(({ box, region }) => ({ box, assigned: region !== null })),
  });
  const active = regions.flatMap(({ region, active: is }) => (is ? [inWords(region)] : []));
  const about = Object.entries(labels)
    .filter(([, value]) => value !== truth)
    .map(([column, value]) => `${inWords(column)} ${value}`);
  return {
    name,
    lines: [
      `${truth}, taken for ${predicted} (${percent(sureness(image, decision))} %)`,
      ...(about.length === 0 ? [] : [about.join(', ')]),
      active.length === 0 ? 'no region active' : `active: ${active.join(', ')}`,
    ],
    images: [
      {
        image: await reportImage(view, { showsPhotograph: photographed, maximumWidth: 240 }),
        caption: 'what the model saw',
      },
      {
        image: await reportImage(figure, { showsPhotograph: photographed }),
        caption: `map of “${explained.class}”`,
      },
    ],
  };
}

/** How probable the wrong class was. */
function sureness({ scores, predicted }: StudiedImage, decision: Decision): number {
  return probabilityOf(predicted, decision, scores);
}
