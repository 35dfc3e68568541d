import { createCanvas } from '@napi-rs/canvas';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { rangeScale } from '../../image/colour-map/colour-scale.js';
import type { Box } from '../../image/geometry.js';
import { loadOpenCv } from '../../image/opencv.js';
import { overlay } from '../../image/overlay.js';
import type { RasterImage } from '../../image/raster-image.js';
import { resize } from '../../image/resize.js';
import type { Tensor } from '../../tensor/tensor.js';
import { canvasFrom } from './canvas-from.js';

export interface ActivePartsFigure {
  /** What the model saw; a plain gray of its size where it may not be shown. */
  readonly view: RasterImage;
  /** Of shape [height, width]. */
  readonly map: Tensor;
  /** In pixels of the view: those of regions of the face, and of active parts of the map. */
  readonly regions: readonly Box[];
  readonly parts: readonly { readonly box: Box; readonly assigned: boolean }[];
}

const side = 360;

/**
 * A map over what the model saw, with the boxes of its active parts: whole lines where a region of the face was assigned,
 * dashed ones where none was. The regions are thin. Encoded as PNG.
 */
export async function renderActiveParts({
  view,
  map,
  regions,
  parts,
}: ActivePartsFigure): Promise<Uint8Array> {
  const cv = await loadOpenCv();
  const scale = side / Math.max(view.width, view.height);
  const [width, height] = [Math.round(view.width * scale), Math.round(view.height * scale)];
  const enlarged = resize(cv, view, width, height, 'cubic');
  const blended = overlay(cv, enlarged, map, {
    colourMap: colourMap('inferno'),
    scale: rangeScale(map.data),
    alpha: 0.45,
  });
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(canvasFrom(blended), 0, 0);
  const stroke = (
    { x, y, width: wide, height: high }: Box,
    colour: string,
    line: number,
    dashes: number[],
  ) => {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.setLineDash(dashes);
    context.strokeRect(x * scale, y * scale, wide * scale, high * scale);
  };
  for (const box of regions) stroke(box, 'rgba(255, 255, 255, 0.4)', 1, []);
  for (const { box, assigned } of parts) {
    const dashes = assigned ? [] : [7, 5];
    // Dark under light is seen on every ground.
    stroke(box, 'rgba(0, 0, 0, 0.75)', 5, dashes);
    stroke(box, assigned ? '#56d4ff' : '#ffffff', 2.5, dashes);
  }
  return canvas.encode('png');
}
