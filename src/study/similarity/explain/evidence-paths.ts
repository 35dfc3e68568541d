import { outputName } from '../../output-name.js';

/** Where the map of an image lies below the folder of the step, in the pixels that the model sees. */
export function mapPath(model: string, image: string, extension: 'npy' | 'json'): string {
  return `maps/${model}/${outputName(image, extension)}`;
}

/** Where the map of an image on the canonical face lies. */
export function canonicalPath(model: string, image: string): string {
  return `canonical/${model}/${outputName(image, 'npy')}`;
}

/** Where the photograph on the canonical face lies. */
export function photographPath(image: string): string {
  return `photographs/${outputName(image, 'png')}`;
}
