import { stringify } from 'csv-stringify/sync';
import type { PlannedImage } from './morph-list.js';
import type { MorphSettings } from './morph.task.js';

const morphColumns = [
  'file',
  'image_a',
  'image_b',
  'identity_a',
  'identity_b',
  'alpha',
  'shape_alpha',
  'mode',
  'background',
] as const;

/** The morphs with the photographs and persons that they are made of, as CSV. */
export function morphsTable(images: readonly PlannedImage[], settings: MorphSettings): string {
  const rows = images
    .filter(({ kind }) => kind === 'morph')
    .map(({ item, a, b, identityA, identityB }) => ({
      file: item.output,
      image_a: a,
      image_b: b,
      identity_a: identityA,
      identity_b: identityB,
      alpha: settings.alpha,
      shape_alpha: settings.shapeAlpha,
      mode: settings.mode,
      background: settings.background,
    }));
  return stringify(rows, { header: true, columns: [...morphColumns] });
}

/** All images with their class; a morph shows a second person too, whom a split by identity must not forget. */
export function labelsTable(images: readonly PlannedImage[]): string {
  const rows = images.map(({ item, kind, identityA, identityB }) => ({
    file: item.output,
    class: kind,
    identity: identityA,
    second_identity: identityB ?? '',
  }));
  return stringify(rows, { header: true, columns: ['file', 'class', 'identity', 'second_identity'] });
}
