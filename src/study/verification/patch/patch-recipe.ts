import type { Box } from '../../../image/geometry.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { pastePatches } from '../../../perturb/patch/paste-patches.js';

/** How a patched face is made. Plain data. */
export interface PatchRecipe {
  /** The file of the face. */
  readonly face: string;
  readonly patches: readonly Box[];
  /** The file that the patches are taken from, or a face that is patched first. */
  readonly donor: string | PatchRecipe;
}

/**
 * Makes a patched face, the donor first where it is patched itself.
 *
 * @param stored what becomes of a patched face when it is written and read again: itself, or what JPEG leaves of it.
 * @throws Problem where a file cannot be read, or face and donor differ in size.
 */
export async function followRecipe(
  { face, patches, donor }: PatchRecipe,
  read: (file: string) => Promise<RasterImage>,
  stored: (patched: RasterImage) => Promise<RasterImage>,
): Promise<RasterImage> {
  const from =
    typeof donor === 'string' ? await read(donor) : await stored(await followRecipe(donor, read, stored));
  return pastePatches(await read(face), from, patches);
}
