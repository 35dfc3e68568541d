import { basename } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { decodeImage } from '../../dataset/decode-image.js';
import { encodeImage } from '../../dataset/encode-image.js';
import { outputPath } from '../../dataset/output-path.js';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { networkInput } from '../../explain/network-input.js';
import type { PairMaps } from '../../explain/pair-explanation.js';
import type { Provenance } from '../../explain/saliency-map.js';
import type { Point } from '../../image/geometry.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import { matchProbability, type ScoreCalibration } from '../../measure/verification/calibrate-scores.js';
import type { Card } from '../../model/card.js';
import { openModel } from '../../model/open-model.js';
import { resizeToInput } from '../../model/resize-to-input.js';
import { Problem } from '../../problem.js';
import { encodeNpy } from '../../tensor/npy.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { type FaceView, faceView, wholeView } from '../faces/face-view.js';
import { landmarksInView } from '../faces/landmarks-in-view.js';
import { drawOverlays, drawPair, type PairFigureSettings, type PairView } from './draw-pair.js';
import { pairExplainer, type PairMethod } from './pair-method.js';
import { regionEvidence, type RegionEvidence } from './region-evidence.js';
import { writeMaps } from './write-maps.js';

export interface ExplainPairTaskOptions {
  readonly output: string;
  readonly model: string;
  readonly card: Card;
  readonly method: PairMethod;
  /** The images are what the model sees. */
  readonly aligned: boolean;
  readonly regions: boolean;
  readonly saveGradients: boolean;
  readonly calibration: ScoreCalibration | undefined;
  readonly tools: FaceTools;
  readonly figure: PairFigureSettings;
}

/** Two photographs. */
export interface PairItem {
  readonly name: string;
  readonly a: string;
  readonly b: string;
}

/** What the journal keeps of a pair. */
export interface ExplainPairResult {
  readonly cosine: number;
  readonly decision: 'match' | 'non-match' | null;
  /** Path of the pair's JSON below the output folder. */
  readonly json: string;
}

/** What `result.json` holds of a pair. */
export interface ExplainPairRecord extends Omit<Provenance, 'range'> {
  readonly cosine: number;
  readonly threshold: number | null;
  readonly decision: 'match' | 'non-match' | null;
  /** That both show one person, where scores were given. */
  readonly matchProbability: number | null;
  readonly calibration: ScoreCalibration | null;
  readonly a: ExplainedImage;
  readonly b: ExplainedImage;
  /** null where no landmarks were found or asked for. */
  readonly regions: Readonly<Record<'a' | 'b', readonly RegionEvidence[] | null>>;
}

interface ExplainedImage {
  readonly file: string;
  readonly face: FaceView['face'] | null;
  readonly toPhoto: FaceView['toPhoto'];
  readonly notes: readonly string[];
}

/** One image of the pair, found and explained. */
interface Side {
  readonly file: string;
  readonly view: FaceView;
  readonly landmarks: readonly Point[] | undefined;
  readonly notes: readonly string[];
}

/** Explains pairs of faces. */
export default async function startExplainingPairs(
  options: ExplainPairTaskOptions,
): Promise<Task<PairItem, ExplainPairResult>> {
  const { card, figure, calibration } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });
  const explain = await pairExplainer(cv, model, options.method);
  const write = (path: string, content: Uint8Array | string) =>
    writeFileAtomic(outputPath(options.output, path), content);

  async function sideOf(file: string): Promise<Side> {
    const { image: photo, notes: decoding } = await decodeImage(file);
    const notes = [...decoding];
    const seen = options.aligned ? wholeView(photo) : await faceView(cv, finder, card.input, photo);
    const image = resizeToInput(cv, card.input, seen.image);
    const view = { ...seen, image };
    if (!options.regions) return { file, view, landmarks: undefined, notes };
    try {
      const [x, y] = [image.width / seen.image.width, image.height / seen.image.height];
      const landmarks = (await landmarksInView(finder, photo, seen)).map(([viewX, viewY]): Point => [
        (viewX + 0.5) * x - 0.5,
        (viewY + 0.5) * y - 0.5,
      ]);
      return { file, view, landmarks, notes };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { file, view, landmarks: undefined, notes: [...notes, `no regions: ${error.message}`] };
    }
  }

  async function writeSide(folder: 'a' | 'b', side: Side, maps: PairMaps, decision: string) {
    await writeMaps(maps, (name, content) => write(`${folder}/${name}`, content));
    if (options.saveGradients && maps.gradients !== undefined) {
      await write(`${folder}/gradient_positive.npy`, encodeNpy(maps.gradients.positive));
      await write(`${folder}/gradient_negative.npy`, encodeNpy(maps.gradients.negative));
    }
    const drawn = await drawOverlays(pictured(side), maps, decision, figure);
    for (const [kind, png] of Object.entries(drawn)) await write(`${folder}/${kind}.png`, png);
    if (figure.photos) {
      await write(`${folder}/view.jpg`, await encodeImage(side.view.image, 'jpeg', { quality: 90 }));
    }
  }

  return {
    async run({ a: fileA, b: fileB }) {
      const a = await sideOf(fileA);
      const b = await sideOf(fileB);
      const explanation = await explain({
        a: networkInput(cv, card.input, a.view.image),
        b: networkInput(cv, card.input, b.view.image),
      });
      const { cosine, threshold, decision, provenance } = explanation;
      const probability = calibration === undefined ? null : matchProbability(calibration, cosine);
      const lines = decisionLines(cosine, threshold, decision, probability, calibration);
      await writeSide('a', a, explanation.a, lines[0]);
      await writeSide('b', b, explanation.b, lines[0]);
      const views = { a: pictured(a), b: pictured(b) };
      const title = `${provenance.model.name}: ${provenance.method}`;
      await write('pair.png', await drawPair(title, views, explanation, lines, figure));
      const regions = {
        a: a.landmarks === undefined ? null : regionEvidence(cv, explanation.a, a.landmarks),
        b: b.landmarks === undefined ? null : regionEvidence(cv, explanation.b, b.landmarks),
      };
      if (regions.a !== null || regions.b !== null) await write('regions.csv', regionsTable(regions));
      const describe = (side: Side): ExplainedImage => ({
        file: side.file,
        face: side.view.face ?? null,
        toPhoto: side.view.toPhoto,
        notes: side.notes,
      });
      const result: ExplainPairRecord = {
        cosine,
        threshold,
        decision,
        matchProbability: probability,
        calibration: calibration ?? null,
        a: describe(a),
        b: describe(b),
        regions,
        ...provenance,
      };
      await write('result.json', `${JSON.stringify(result, null, 2)}\n`);
      return { cosine, decision, json: 'result.json' };
    },
  };
}

function pictured({ file, view }: Side): PairView {
  return { name: basename(file), image: view.image };
}

function decisionLines(
  cosine: number,
  threshold: number | null,
  decision: string | null,
  probability: number | null,
  calibration: ScoreCalibration | undefined,
): string[] {
  const decided = threshold === null ? 'no threshold, so no decision' : `threshold ${threshold}: ${decision}`;
  const first = `cosine ${cosine.toFixed(4).replace('-', '−')}, ${decided}`;
  if (probability === null || calibration === undefined) return [first];
  return [
    first,
    `probability of one person ${probability.toFixed(3)}, both cases being equally likely before; learned from ` +
      `${calibration.genuine} genuine and ${calibration.impostor} impostor scores`,
  ];
}

function regionsTable(regions: Readonly<Record<'a' | 'b', readonly RegionEvidence[] | null>>): string {
  const rows = (['a', 'b'] as const).flatMap((image) =>
    (regions[image] ?? []).map(({ region, area, positive, negative }) => ({
      image,
      region,
      area_share: area,
      positive_share: positive,
      negative_share: negative,
    })),
  );
  return stringify(rows, { header: true });
}
