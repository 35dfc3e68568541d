import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import { warpAffine } from '../../image/warp-affine.js';
import type { Augmentation } from './augmentation.js';

export const flip: Augmentation = {
  summary: 'mirrored left to right; the probability',
  usual: 0.5,
  maximum: 1,
  apply(_cv, image, probability, random) {
    if (random.random() >= probability) return image;
    const { width, height, channels, data } = image;
    const mirrored = new Uint8Array(data.length);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = (row * width + column) * channels;
        mirrored.set(data.subarray(from, from + channels), (row * width + width - 1 - column) * channels);
      }
    }
    return { ...image, data: mirrored };
  },
};

export const rotation: Augmentation = {
  summary: 'turned about the middle; at most so many degrees either way',
  usual: 10,
  maximum: 180,
  apply(cv, image, degrees, random) {
    const angle = (random.uniform(-degrees, degrees) * Math.PI) / 180;
    return aboutTheMiddle(cv, image, Math.cos(angle), Math.sin(angle));
  },
};

export const zoom: Augmentation = {
  summary: 'enlarged or shrunk about the middle; at most by this share',
  usual: 0.1,
  maximum: 0.9,
  apply: (cv, image, share, random) => aboutTheMiddle(cv, image, 1 + random.uniform(-share, share), 0),
};

export const translation: Augmentation = {
  summary: 'moved; at most by this share of width and height',
  usual: 0.05,
  maximum: 0.9,
  apply(cv, image, share, random) {
    const { width, height } = image;
    const [right, down] = [width, height].map((length) => random.uniform(-share, share) * length);
    return warpAffine(cv, image, [1, 0, right, 0, 1, down], width, height, mirrored);
  },
};

/** What comes in over the border is the mirrored image, so that no edge gives the change away. */
const mirrored = { border: 'reflect101' } as const;

/** The similarity transform x → [a -b; b a] (x - c) + c. */
function aboutTheMiddle(cv: OpenCv, image: RasterImage, a: number, b: number): RasterImage {
  const { width, height } = image;
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return warpAffine(cv, image, [a, -b, x - a * x + b * y, b, a, y - b * x - a * y], width, height, mirrored);
}
