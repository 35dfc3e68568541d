import sharp from 'sharp';
import { cropForCard } from '../../src/face/crop-for-card.js';
import type { Face } from '../../src/face/face.js';
import { openDetector } from '../../src/face/open-detector.js';
import { selectFace } from '../../src/face/select-face.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import type { CardInput } from '../../src/model/card.js';
import { inputLength, inputShape, writeInput } from '../../src/model/write-input.js';
import type { Tensor } from '../../src/tensor/tensor.js';

export interface Photograph {
  readonly image: RasterImage;
  readonly face: Face;
}

/** Photographs with the face that UltraFace finds in each; those without one are left out. */
export async function photographsOf(files: readonly string[]): Promise<readonly Photograph[]> {
  const detector = await openDetector('ultraface');
  const photographs: Photograph[] = [];
  for (const file of files) {
    const { data, info } = await sharp(file)
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const image: RasterImage = { width: info.width, height: info.height, channels: 3, data };
    const face = selectFace(await detector.detect(image));
    if (face !== undefined) photographs.push({ image, face });
  }
  await detector.close();
  return photographs;
}

/** A face as a card's network wants it: a batch of one. */
export async function prepared(input: CardInput, { image, face }: Photograph): Promise<Tensor> {
  const cv = await loadOpenCv();
  const crop = cropForCard(cv, input, image, face).image;
  const data = new Float32Array(inputLength(input, crop));
  writeInput(cv, input, crop, data, 0);
  return { data, shape: inputShape(input, 1, crop) };
}
