import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { CardInput } from '../../model/card.js';
import { Problem } from '../../problem.js';
import type { FaceFinder } from '../faces/face-finder.js';
import { faceView } from '../faces/face-view.js';

export interface NativeViewOptions {
  /** The images are what the network sees: no face is looked for. */
  readonly aligned: boolean;
  /** Whether views smaller than the network's input are enlarged rather than refused. */
  readonly enlarge: boolean;
}

/**
 * What the network sees of a photograph, before it is resized to the network's input, so that clues and augmentations are made
 * in full resolution. A crop by a template has the input's size already.
 * @throws {Problem} where there is no face, or its crop is smaller than the network's input.
 */
export async function nativeView(
  cv: OpenCv,
  finder: FaceFinder,
  input: CardInput,
  photo: RasterImage,
  { aligned, enlarge }: NativeViewOptions,
): Promise<RasterImage> {
  const wanted = input.crop.kind === 'template' ? input : { ...input, width: null, height: null };
  const view = aligned ? photo : (await faceView(cv, finder, wanted, photo)).image;
  const [width, height] = [input.width ?? 1, input.height ?? 1];
  if (!enlarge && (view.width < width || view.height < height)) {
    throw new Problem(
      'the face',
      `fills ${view.width}x${view.height} pixels with its surroundings, fewer than the network's input of ${width}x${height}`,
      'leave it out, or give --enlarge',
    );
  }
  return view;
}
