import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { activationRegions } from '../../../image/activation/activation-regions.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { ThresholdName } from '../../../image/threshold/methods.js';
import type { Task } from '../../../jobs/task.js';
import { assignBoxes, type CentreDistance } from '../../../measure/localisation/assign-boxes.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { classScores } from '../../../model/outputs/class-scores.js';
import type { Fill } from '../../../perturb/occlusion/fill.js';
import { occlude } from '../../../perturb/occlusion/occlude.js';
import { footprintRuns } from '../../../perturb/occlusion/footprint-runs.js';
import { paintFor } from '../../../perturb/occlusion/fill.js';
import { regionOcclusions } from '../../../perturb/occlusion/region-occlusions.js';
import type { RegionName } from '../../../face/regions.js';
import { encodeNpy } from '../../../tensor/npy.js';
import type { ImageMethod } from '../../explain/image-method.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { faceView, wholeView } from '../../faces/face-view.js';
import { resizedView } from '../../faces/resized-view.js';
import { runImages } from '../../score/run-images.js';
import { decided, type Decision, networkClass } from '../labels/decision.js';
import type { LabelledImage } from '../labels/study-images.js';
import { type FaceParts, findFaceParts, type RegionKind } from './face-parts.js';
import { transformBox } from './transform-box.js';
import { type HeatMap, concentration, heatInRegions } from './heat-in-regions.js';
import { type ImageOutcome, mapPath, type Shortfall, viewPath } from './image-outcome.js';
import { openHeat } from './open-heat.js';

/** How the active parts of a map are found and named. Plain data. */
export interface ActivationSettings {
  /** What is below this percentile of the map counts as 0. */
  readonly cutoff: number;
  readonly threshold: ThresholdName;
  /** The least share of an active part that its region must cover. */
  readonly overlap: number;
  readonly assign: CentreDistance;
}

/** What is hidden from the model, beside the image as it is. Plain data. */
export interface MaskSettings {
  readonly fill: Fill;
  readonly precision: 'pixel' | 'bbox';
  readonly scale: number;
}

/** One image, and the regions that are hidden in it one by one. */
export interface BiasItem extends LabelledImage {
  readonly masks: readonly RegionName[];
}

export interface BiasTaskOptions {
  readonly folder: string;
  readonly model: string;
  readonly card: Card;
  readonly decision: Decision;
  readonly explain: 'true' | 'predicted';
  readonly method: ImageMethod;
  readonly regions: RegionKind;
  readonly activation: ActivationSettings;
  readonly masking: MaskSettings;
  readonly aligned: boolean;
  readonly batchSize: number;
  /** Whether what the model sees is written, for the galleries. */
  readonly photos: boolean;
  readonly compat: 'upstream' | undefined;
  readonly tools: FaceTools;
}

/** Predicts, explains and assigns one image after the other. */
export default async function startStudyingBias(
  options: BiasTaskOptions,
): Promise<Task<BiasItem, ImageOutcome>> {
  const { card, decision, method, activation, masking, aligned, batchSize, compat } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true, threads: 1 });
  const heat = await openHeat(cv, model, decision.outputClasses, method, batchSize);
  const write = (path: string, content: Uint8Array | string) =>
    writeFileAtomic(outputPath(options.folder, path), content);

  /** The image with each of the regions hidden. */
  function masked(view: RasterImage, { landmarks }: FaceParts, names: readonly RegionName[]) {
    if (landmarks === undefined || names.length === 0) return [];
    const { width, height } = view;
    const { fill, precision, scale } = masking;
    const { occlusions } = regionOcclusions(landmarks, names, { width, height, precision, scale });
    const paint = paintFor(cv, view, fill);
    return occlusions.map(({ name, footprint }) => ({
      name,
      image: occlude(view, footprintRuns(cv, footprint, width, height), paint),
    }));
  }

  /** The probabilities of every view, in batches. */
  async function scoresOf(views: readonly RasterImage[]): Promise<Record<string, number>[]> {
    const scores: Record<string, number>[] = [];
    for (let first = 0; first < views.length; first += batchSize) {
      const batch = views.slice(first, first + batchSize);
      const outputs = await runImages(cv, model, batch);
      scores.push(...batch.map((_, row) => classScores(card, outputs, row)));
    }
    return scores;
  }

  return {
    async run({ name, file, labels, truth, masks }) {
      const start = performance.now();
      const { image: photo, notes: decoding } = await decodeImage(file, { name });
      const view = aligned
        ? resizedView(cv, card.input, wholeView(photo))
        : await faceView(cv, finder, card.input, photo);
      const found = await findFaceParts(finder, photo, view, options.regions, compat);
      const variants = masked(view.image, found, masks);
      const [scores, ...hidden] = await scoresOf([view.image, ...variants.map(({ image }) => image)]);
      const predicted = decided(decision, scores);
      const subject = networkClass(options.explain === 'true' ? truth : predicted, decision, scores);

      const explained = await heat(view.image, subject, found.landmarks);
      const { width, height, data, provenance } = explained;
      const map: HeatMap = { width, height, data: data.map((value) => Math.max(0, value)) };
      const constant = map.data.every((value) => value === map.data[0]);
      const shortfalls: Shortfall[] = [
        ...(found.shortfall === undefined ? [] : [found.shortfall]),
        ...(constant ? (['constant map'] as const) : []),
      ];
      const tensor = { data: map.data, shape: [height, width] };
      const active = activationRegions(cv, tensor, undefined, {
        percentile: activation.cutoff,
        threshold: activation.threshold,
      });
      const boxes = active.regions.map(({ box }) => box);
      const assigned = assignBoxes(boxes, found.regions, {
        distance: activation.assign,
        overlap: activation.overlap,
        flooredCentres: compat === 'upstream',
      });
      const features = new Set(assigned.flatMap(({ region }) => region ?? []));
      const regions = heatInRegions(map, found.regions, features);
      const evidence = {
        boxes: boxes.map((box, at) => ({
          box,
          photo: transformBox(view.toPhoto, box),
          region: assigned[at].region ?? null,
        })),
        regions,
        concentration: concentration(map),
      };
      await write(mapPath(name, 'npy'), encodeNpy({ data, shape: [height, width] }));
      await write(
        mapPath(name, 'json'),
        `${JSON.stringify({ file: name, ...provenance, width, height, toPhoto: view.toPhoto, ...evidence })}\n`,
      );
      if (options.photos) {
        await write(viewPath(name), await encodeImage(view.image, 'jpeg', { quality: 90 }));
      }
      const missing = masks.filter((mask) => !variants.some((variant) => variant.name === mask));
      return {
        labels,
        truth,
        predicted,
        scores,
        explained: { class: subject, target: provenance.target, value: provenance.targetValue },
        width,
        height,
        ...evidence,
        landmarks: found.landmarks ?? null,
        masked: Object.fromEntries(variants.map((variant, at) => [variant.name, hidden[at]])),
        shortfalls,
        notes: [
          ...decoding,
          ...found.notes,
          ...(constant ? [`the map of ${subject} is constant, so no part of it is active`] : []),
          ...(missing.length === 0 ? [] : [`nothing of ${missing.join(', ')} could be hidden`]),
        ],
        milliseconds: performance.now() - start,
      };
    },
  };
}
