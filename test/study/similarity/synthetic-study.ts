import { canonicalSize } from '../../../src/face/canonical/canonical-face.js';
import { faceRegions } from '../../../src/face/regions.js';
import { RunFolder } from '../../../src/jobs/run/run-folder.js';
import { canonicalPath } from '../../../src/study/similarity/explain/evidence-paths.js';
import type { ImageEvidence, ModelEvidence } from '../../../src/study/similarity/explain/image-evidence.js';
import { writeImageList } from '../../../src/study/similarity/explain/image-list.js';
import { encodeNpy } from '../../../src/tensor/npy.js';
import { RandomState } from '../../../src/tensor/random.js';
import type { Workspace } from '../heatmaps/workspace.js';

const { width, height } = canonicalSize;
export const mapSize = width * height;

/** The map of an image on the canonical face: random, with a bias of the person and one of the model. */
export function syntheticMap(model: string, image: string): Float32Array {
  const own = new RandomState([seedOf(model), seedOf(image)]);
  const person = new RandomState([1, seedOf(image.split('/')[0])]);
  // Coarse blocks, drawn once each, so that making a map is fast.
  const blocks = Array.from({ length: 16 }, () => own.integer(-20, 100) / 100 + person.integer(0, 100) / 100);
  return Float32Array.from(
    { length: mapSize },
    (_, at) =>
      blocks[4 * Math.floor((4 * Math.floor(at / width)) / height) + Math.floor((4 * (at % width)) / width)],
  );
}

/** The share of a region in an image: a number in 0..1 that differs for each. */
export function syntheticShare(model: string, image: string, region: string): number {
  return new RandomState([seedOf(model), seedOf(image), seedOf(region)]).integer(0, 1000) / 1000;
}

function seedOf(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => (31 * sum + byte) % 1_000_003, 7);
}

export interface SyntheticStudy {
  /** Paths, each in the folder of its person. */
  readonly images: readonly string[];
  readonly models: readonly string[];
  readonly withoutLandmarks?: readonly string[];
  /** The order in which the images were finished. */
  readonly finished?: readonly string[];
}

/** Writes what `similarity run` leaves of its explanations, of maps that are known. @returns the study's folder */
export async function writeExplained(
  space: Workspace,
  name: string,
  { images, models, withoutLandmarks = [], finished = images }: SyntheticStudy,
): Promise<string> {
  const folder = space.path(`${name}/explain`);
  const run = await RunFolder.open({
    folder,
    command: 'similarity run',
    settings: {
      inputPath: [space.path('photos')],
      models: models.map((model) => ({ name: model, folder: model })),
      ...{ samples: 100, seed: 0, photos: false },
    },
  });
  for (const image of finished) {
    const landmarks = !withoutLandmarks.includes(image);
    const evidence = (model: string): ModelEvidence => ({
      ...{ r2: 0.5, segments: 30, samples: 100, settled: null, largestStandardError: 0.01, milliseconds: 1 },
      outside: landmarks ? 0.1 : null,
      regions: landmarks
        ? faceRegions.map((region) => ({
            region,
            area: 0.05,
            positive: syntheticShare(model, image, region),
          }))
        : null,
    });
    if (landmarks) {
      for (const model of models) {
        const npy = encodeNpy({ data: syntheticMap(model, image), shape: [height, width] });
        space.write(`${name}/explain/${canonicalPath(model, image)}`, npy);
      }
    }
    const result: ImageEvidence = {
      seed: 1,
      landmarks,
      models: Object.fromEntries(models.map((model) => [model, evidence(model)])),
      notes: [],
    };
    run.finish({ item: image, result });
  }
  run.record.counts.done = images.length;
  run.record.results = {
    images: images.length,
    withoutLandmarks: withoutLandmarks.length,
    models: models.map((model) => ({
      model,
      ...{ images: images.length, r2: 0.5, lowestR2: 0.5, samples: 100, notSettled: null },
    })),
  };
  await writeImageList(folder, [{ folder: space.path('photos'), prefix: '', images }]);
  run.close('done');
  return space.path(name);
}
