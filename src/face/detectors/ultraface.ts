import { loadOpenCv, type OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Model } from '../../model/model.js';
import { openModel } from '../../model/open-model.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import type { Detector } from '../detector.js';
import type { Face } from '../face.js';
import { suppressNonMaxima } from '../non-maximum-suppression.js';
import { enlargeFace, reducePhoto, reductionFactor } from '../reduce-photo.js';
import type { DetectorOptions } from './detector-options.js';

/** The thresholds of the authors' own demonstration (Ultra-Light-Fast-Generic-Face-Detector-1MB). */
const PROBABILITY = 0.7;
const OVERLAP = 0.3;

/**
 * UltraFace (RFB-320): the whole photograph at 320x240, so faces under about a twentieth of its width are missed.
 * Gives boxes without points; the score is a probability.
 */
export async function openUltraFace(options: DetectorOptions = {}): Promise<Detector> {
  const cv = await loadOpenCv();
  const model = await openModel('fr_detect', { ...options, threads: 1 });
  return {
    name: 'ultraface',
    async detect(image) {
      const factor = reductionFactor(image);
      const faces = await detect(cv, model, reducePhoto(image, factor));
      const smallest = options.minFaceSize ?? 0;
      return faces
        .map((face) => enlargeFace(face, factor))
        .filter(({ box }) => Math.min(box.width, box.height) >= smallest);
    },
    close: () => model.close(),
  };
}

async function detect(cv: OpenCv, model: Model, image: RasterImage): Promise<Face[]> {
  const { input } = model.card;
  const data = new Float32Array(inputLength(input, image));
  writeInput(cv, input, image, data, 0);
  const { scores, boxes } = await model.run({ input: { data, shape: inputShape(input, 1, image) } });
  const found = [];
  for (let i = 0; i < scores.data.length / 2; i++) {
    const score = scores.data[2 * i + 1];
    if (score <= PROBABILITY) continue;
    found.push({
      left: boxes.data[4 * i] * image.width,
      top: boxes.data[4 * i + 1] * image.height,
      right: boxes.data[4 * i + 2] * image.width,
      bottom: boxes.data[4 * i + 3] * image.height,
      score,
    });
  }
  return suppressNonMaxima(found, OVERLAP).map(({ left, top, right, bottom, score }) => ({
    box: { x: left, y: top, width: right - left, height: bottom - top },
    score,
  }));
}
