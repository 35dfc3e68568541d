import { decodeImage } from '../../dataset/decode-image.js';
import { encodeImage } from '../../dataset/encode-image.js';
import { outputPath } from '../../dataset/output-path.js';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { openDifferentiable } from '../../explain/differentiable.js';
import { methods } from '../../explain/methods.js';
import type { OcclusionEffect } from '../../explain/occlusion.js';
import type { Provenance } from '../../explain/saliency-map.js';
import { bindTarget } from '../../explain/target.js';
import type { Point } from '../../image/geometry.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Task } from '../../jobs/task.js';
import type { Card } from '../../model/card.js';
import { openModel } from '../../model/open-model.js';
import { Problem } from '../../problem.js';
import { renderSegments } from '../../report/figure/render-segments.js';
import { encodeNpy } from '../../tensor/npy.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { type FaceView, faceView, wholeView } from '../faces/face-view.js';
import { landmarksInView } from '../faces/landmarks-in-view.js';
import { resizedView } from '../faces/resized-view.js';
import type { ImageItem } from '../image-items.js';
import { stem } from '../output-name.js';
import { bindRequest } from './bind-request.js';
import { camView, openForCam } from './cam-view.js';
import { explainView, type Sampling, type ViewExplanation } from './explain-view.js';
import { explanationFigure, type FigureSettings } from './explanation-figure.js';
import { gradientView } from './gradient-view.js';
import { type ImageMethod, isCam } from './image-method.js';
import { type MapEvidence, mapEvidence } from './map-evidence.js';
import { maskedView } from './masked-view.js';
import type { TargetRequest } from './target-request.js';

export interface ExplainTaskOptions {
  readonly output: string;
  readonly model: string;
  readonly card: Card;
  readonly target: TargetRequest;
  /** The images are what the model sees. */
  readonly aligned: boolean;
  readonly batchSize: number;
  /** Threads that run the batches of one image; more than one where there are fewer images than cores. */
  readonly threads: number;
  readonly method: ImageMethod;
  /** Whether maps are added up by regions of the face. */
  readonly evidence: boolean;
  readonly tools: FaceTools;
  readonly figure: FigureSettings;
}

/** What the journal keeps of one image. */
export interface ExplainResult {
  readonly width: number;
  readonly height: number;
  /** The target in words, and its value on the image as it is. */
  readonly target: string;
  readonly value: number;
  /** What each region of the face does. Cells, windows and nameless segments are in the image's own JSON. */
  readonly regions: readonly Pick<OcclusionEffect, 'name' | 'effect'>[];
  /** What share of the map each region holds, where landmarks were found and asked for. */
  readonly evidence?: readonly MapEvidence[];
  /** Of methods that hide random parts. */
  readonly sampling?: Sampling;
  /** Paths below the output folder; no view where photographs are to be left out. */
  readonly files: {
    readonly map: string;
    readonly figure: string;
    readonly json: string;
    readonly view: string | null;
    /** The number of the segment of each pixel, and a picture of them, where the method hides segments. */
    readonly segments?: { readonly map: string; readonly figure: string };
  };
  readonly range: Provenance['range'];
  readonly forwardPasses: number;
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

/** Explains one image after the other. */
export default async function startExplaining(
  options: ExplainTaskOptions,
): Promise<Task<ImageItem, ExplainResult>> {
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const { card, method, figure, batchSize, threads } = options;
  const model = await openModel(options.model, { card, ...(threads > 1 ? { threads } : { inline: true }) });
  const viewOf = async (photo: RasterImage) =>
    options.aligned ? wholeView(photo) : faceView(cv, finder, options.card.input, photo);
  const target = await bindRequest(cv, model, options.target, viewOf);

  /** The landmarks in pixels of the view; a face that cannot be found costs the regions, not the map. */
  async function landmarksIn(
    view: FaceView,
    photo: RasterImage,
    notes: string[],
  ): Promise<Point[] | undefined> {
    try {
      return await landmarksInView(finder, photo, view);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(`no regions: ${error.message}`);
      return undefined;
    }
  }

  const cam = isCam(method) ? await openForCam(model, target, method, { inline: true }) : undefined;
  const network =
    cam === undefined && methods[method.name].needsGradient
      ? await openDifferentiable(model, bindTarget(target, model.card, model.activations).output, {
          inline: true,
        })
      : undefined;

  async function explain(view: FaceView, photo: RasterImage, notes: string[]): Promise<ViewExplanation> {
    if (isCam(method)) {
      const scoring = { batchSize, concurrency: threads };
      return camView(cv, cam!, view.image, target, method, scoring);
    }
    switch (method.name) {
      case 'occlusion': {
        const landmarks =
          method.occlusion.regions.length === 0 ? undefined : await landmarksIn(view, photo, notes);
        return explainView(cv, model, view.image, target, landmarks, method.occlusion, batchSize);
      }
      case 'lime':
      case 'rise':
        return maskedView(cv, model, view.image, target, method, { batchSize, concurrency: threads }, () =>
          landmarksInView(finder, photo, view),
        );
      default:
        return gradientView(cv, network!, view.image, target, method, batchSize);
    }
  }

  return {
    async run({ name, file }) {
      const { image: photo, notes: decoding } = await decodeImage(file, { name });
      const notes = [...decoding];
      const seen = await viewOf(photo);
      // All others work on the network's input, so their maps lie on an image of that size.
      const view = method.name === 'occlusion' ? seen : resizedView(cv, options.card.input, seen);
      const explanation = await explain(view, photo, notes);
      const { map, places, regions, empty, segmentation, ranking, sampling, findings } = explanation;
      notes.push(...(explanation.notes ?? []));
      if (empty.length > 0) notes.push(`no pixels of ${empty.join(', ')} in the view`);

      const landmarks = options.evidence ? await landmarksIn(view, photo, notes) : undefined;
      const evidence = landmarks === undefined ? undefined : mapEvidence(cv, map, landmarks);

      const files = {
        map: `${stem(name)}.npy`,
        figure: `${stem(name)}.png`,
        json: `${stem(name)}.json`,
        view: figure.photos ? `views/${stem(name)}.jpg` : null,
        ...(segmentation === undefined
          ? {}
          : { segments: { map: `${stem(name)}.segments.npy`, figure: `${stem(name)}.segments.png` } }),
      };
      const write = (path: string, content: Uint8Array | string) =>
        writeFileAtomic(outputPath(options.output, path), content);
      await write(files.map, encodeNpy({ data: map.data, shape: [map.height, map.width] }));
      await write(files.figure, await explanationFigure(method.name, name, view.image, explanation, figure));
      if (segmentation !== undefined && files.segments !== undefined) {
        const { labels: data, height, width } = segmentation;
        await write(files.segments.map, encodeNpy({ data, shape: [height, width] }));
        const photograph = figure.photos ? view.image : undefined;
        await write(files.segments.figure, await renderSegments(photograph, segmentation));
      }
      if (files.view !== null)
        await write(files.view, await encodeImage(view.image, 'jpeg', { quality: 90 }));
      const { width, height, provenance } = map;
      const { face = null, toPhoto } = view;
      const sidecar = {
        file,
        ...provenance,
        ...sampling,
        ...findings,
        ...(evidence === undefined ? {} : { evidence }),
        ...{ width, height, face, toPhoto, places, regions, files, notes },
      };
      await write(files.json, `${JSON.stringify(sidecar)}\n`);
      return {
        width,
        height,
        target: provenance.target,
        value: provenance.targetValue,
        regions: ranking ?? regions.map(effectOnly),
        ...(evidence === undefined ? {} : { evidence }),
        ...(sampling === undefined ? {} : { sampling }),
        files,
        range: provenance.range,
        forwardPasses: provenance.forwardPasses,
        milliseconds: provenance.milliseconds,
        notes,
      };
    },
  };
}

/** The footprints are in the image's own JSON; the journal does without. */
function effectOnly({ name, occluded, effect }: OcclusionEffect): OcclusionEffect {
  return { name, occluded, effect };
}
