import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { warpMapToCanonical, warpPhotographToCanonical } from '../../../face/canonical/warp-to-canonical.js';
import { cropForCard } from '../../../face/crop-for-card.js';
import type { Face } from '../../../face/face.js';
import { invertAffine } from '../../../face/invert-affine.js';
import { transformPoint } from '../../../face/transform-point.js';
import type { Point } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import type { CardInput } from '../../../model/card.js';
import type { Model } from '../../../model/model.js';
import { openModel } from '../../../model/open-model.js';
import { resizeToInput } from '../../../model/resize-to-input.js';
import { Problem } from '../../../problem.js';
import { encodeNpy } from '../../../tensor/npy.js';
import { maskedView } from '../../explain/masked-view.js';
import type { LimeMethod } from '../lime-method.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { type FaceView, viewOfFace, wholeView } from '../../faces/face-view.js';
import { resizedView } from '../../faces/resized-view.js';
import type { ImageItem } from '../../image-items.js';
import { regionEvidence } from '../../pair/region-evidence.js';
import { canonicalPath, mapPath, photographPath } from './evidence-paths.js';
import type { ImageEvidence, ModelEvidence } from './image-evidence.js';
import { imageSeed } from '../../image-seed.js';
import type { StudyModel } from './study-models.js';

export interface SimilarityTaskOptions {
  readonly folder: string;
  readonly models: readonly StudyModel[];
  readonly aligned: boolean;
  readonly method: LimeMethod;
  readonly batchSize: number;
  /** Whether photographs are written. */
  readonly photos: boolean;
  readonly tools: FaceTools;
}

/** The face of a photograph with its landmarks, or why there is none. */
type FoundFace = { readonly face: Face; readonly landmarks: readonly Point[] } | { readonly none: Problem };

/** Explains by LIME what all models see in one image after the other. */
export default async function startExplainingFaces(
  options: SimilarityTaskOptions,
): Promise<Task<ImageItem, ImageEvidence>> {
  const { method, aligned, batchSize, photos } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const models: (StudyModel & { readonly network: Model })[] = [];
  for (const model of options.models) {
    models.push({ ...model, network: await openModel(model.reference, { card: model.card, inline: true }) });
  }
  const write = (path: string, content: Uint8Array | string) =>
    writeFileAtomic(outputPath(options.folder, path), content);

  async function find(photo: RasterImage): Promise<FoundFace> {
    try {
      const { face } = await finder.one(photo);
      return { face, landmarks: await finder.landmarks(photo, face) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { none: error };
    }
  }

  /** @throws Problem where the card needs a face and there is none. */
  async function viewOf(input: CardInput, photo: RasterImage, found: FoundFace): Promise<FaceView> {
    if (aligned) return resizedView(cv, input, wholeView(photo));
    if (input.crop.kind === 'whole') {
      const { image, toPhoto } = cropForCard(cv, input, photo, undefined);
      return { image: resizeToInput(cv, input, image), toPhoto };
    }
    if ('none' in found) throw found.none;
    return viewOfFace(cv, input, photo, found.face, () => found.landmarks);
  }

  async function explain(
    name: string,
    photo: RasterImage,
    found: FoundFace,
    { folder, card, network, sha256 }: (typeof models)[number],
    seed: number,
    notes: string[],
  ): Promise<ModelEvidence> {
    const view = await viewOf(card.input, photo, found);
    const toView = invertAffine(view.toPhoto);
    const landmarks =
      'none' in found ? undefined : found.landmarks.map((point) => transformPoint(toView, point));
    /** For the segmentation by regions, which cannot do without. */
    const needLandmarks = () => ('none' in found ? Promise.reject(found.none) : Promise.resolve(landmarks!));
    const explanation = await maskedView(
      cv,
      network,
      view.image,
      { kind: 'self-similarity' },
      { ...method, seed },
      { batchSize, concurrency: 1 },
      needLandmarks,
    );
    const { map, sampling, findings, segmentation } = explanation;
    const { width, height, data } = map;
    const tensor = { data, shape: [height, width] };
    await write(mapPath(folder, name, 'npy'), encodeNpy(tensor));

    let regions: ModelEvidence['regions'] = null;
    let outside: number | null = null;
    if (landmarks !== undefined) {
      const maps = {
        ...{ width, height },
        positive: data.map((value) => Math.max(0, value)),
        negative: data.map((value) => Math.max(0, -value)),
      };
      regions = regionEvidence(cv, maps, landmarks).map(({ region, area, positive }) => ({
        ...{ region, area, positive },
      }));
      const warped = warpMapToCanonical(tensor, landmarks);
      outside = warped.outside;
      await write(canonicalPath(folder, name), encodeNpy(warped.result));
    }
    for (const note of explanation.notes ?? []) notes.push(`${card.name}: ${note}`);
    const { milliseconds, ...provenance } = map.provenance;
    const sidecar = {
      ...{ file: name, ...provenance, ...sampling, ...findings, width, height },
      ...{
        model: { name: card.name, sha256 },
        toPhoto: view.toPhoto,
        landmarks: landmarks ?? null,
        regions,
        outside,
      },
    };
    await write(mapPath(folder, name, 'json'), `${JSON.stringify(sidecar)}\n`);
    return {
      r2: sampling?.r2 ?? null,
      segments: segmentation!.count,
      samples: sampling!.samples,
      settled: sampling!.settled,
      largestStandardError: sampling!.largestStandardError,
      ...{ regions, outside, milliseconds },
    };
  }

  return {
    async run({ name, file }) {
      const { image: photo, notes: decoding } = await decodeImage(file, { name });
      const notes = [...decoding];
      const found = await find(photo);
      const landmarks = !('none' in found);
      if (!landmarks) notes.push(`no landmarks, so not on the canonical face: ${found.none.message}`);
      const seed = imageSeed(method.seed, name);
      const evidence: Record<string, ModelEvidence> = {};
      const problems: Problem[] = [];
      for (const model of models) {
        try {
          evidence[model.name] = await explain(name, photo, found, model, seed, notes);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          problems.push(error);
          notes.push(`${model.name}: not explained: ${error.message}`);
        }
      }
      if (problems.length === models.length) throw problems[0];
      if (photos && landmarks) {
        const { result } = warpPhotographToCanonical(photo, found.landmarks);
        await write(photographPath(name), await encodeImage(result, 'png'));
      }
      return { seed, landmarks, models: evidence, notes };
    },
  };
}
