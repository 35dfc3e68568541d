import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Box } from '../../image/geometry.js';
import { Problem } from '../../problem.js';

/** The frame that the boxes are written in, in pixels, whatever the size of the image. */
const frame = 224;

/** The face of an image, as CelebA-Spoof's authors found it. */
export interface CelebaSpoofBox {
  readonly box: Box;
  /** The confidence of their detector. */
  readonly score: number;
}

/**
 * Reads the box beside an image of CelebA-Spoof: `494405_BB.txt` of `494405.png` holds `x y width height score` in a frame of
 * 224 x 224 pixels. It is scaled to the image and cut to whole pixels, as the authors' code does.
 *
 * @param width of the image, in pixels.
 * @throws Problem where there is no such file, or it holds no box
 */
export async function readCelebaSpoofBox(
  image: string,
  width: number,
  height: number,
): Promise<CelebaSpoofBox> {
  const file = `${image.slice(0, image.length - extname(image).length)}_BB.txt`;
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem(file, 'cannot be read', 'leave --boxes out, so that faces are looked for', {
      cause: error,
    });
  });
  const numbers = text.trim().split(/\s+/).map(Number);
  const [x, y, w, h, score] = numbers;
  if (numbers.length !== 5 || !numbers.every(Number.isFinite) || w <= 0 || h <= 0) {
    throw new Problem(file, `holds no box: ${text.trim().slice(0, 40)}`, 'a box is x y width height score');
  }
  const scaled = (value: number, size: number) => Math.trunc((value * size) / frame);
  const box = {
    x: scaled(x, width),
    y: scaled(y, height),
    width: scaled(w, width),
    height: scaled(h, height),
  };
  if (box.width < 1 || box.height < 1) throw new Problem(file, 'its box is empty at the size of the image');
  return { box, score };
}
