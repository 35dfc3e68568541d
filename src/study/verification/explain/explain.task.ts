import { join } from 'node:path';
import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { networkInput } from '../../../explain/network-input.js';
import { embeddingOf } from '../../../explain/masked-similarities.js';
import { decide, type PairMaps } from '../../../explain/pair-explanation.js';
import type { Point } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { Task } from '../../../jobs/task.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { Problem } from '../../../problem.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { landmarksInView } from '../../faces/landmarks-in-view.js';
import { drawOverlays, drawPair, type PairFigureSettings } from '../../pair/draw-pair.js';
import { regionEvidence, type RegionEvidence } from '../../pair/region-evidence.js';
import { writeMaps } from '../../pair/write-maps.js';
import { type EvidenceOptions, openEvidenceMappers } from '../methods/evidence-mapper.js';
import type { StudyMethod } from '../methods/study-method.js';
import type { Outcome } from '../outcome.js';
import type { ScoredPair } from '../scored-pair.js';
import type { FoundFace } from '../threshold/threshold-result.js';

export interface ExplainStepTaskOptions {
  readonly folder: string;
  /** The folder of the photographs. */
  readonly images: string;
  readonly model: string;
  readonly card: Card;
  readonly modelSha256: string;
  readonly methods: readonly StudyMethod[];
  readonly evidence: EvidenceOptions;
  /** Whether the evidence is added up by regions of the face. */
  readonly regions: boolean;
  readonly tools: FaceTools;
  readonly figure: PairFigureSettings;
}

/** One pair of the protocol. */
export interface ExplainStepItem {
  readonly name: string;
  readonly pair: ScoredPair;
  readonly outcome: Outcome;
  readonly foundA: FoundFace;
  readonly foundB: FoundFace;
  /** Whether the raw maps are written, and whether figures are drawn. */
  readonly maps: boolean;
  readonly figures: boolean;
}

/** The evidence of both images by regions; null where an image has no landmarks. */
export type PairEvidence = Readonly<Record<'a' | 'b', readonly RegionEvidence[] | null>>;

/** What the journal keeps of a pair. */
export interface ExplainStepResult {
  /** By the name of the method. */
  readonly evidence: Readonly<Record<string, PairEvidence>>;
  readonly notes: readonly string[];
}

/** Explains pairs of aligned faces by several methods. */
export default async function startExplainingPairs(
  options: ExplainStepTaskOptions,
): Promise<Task<ExplainStepItem, ExplainStepResult>> {
  const { card, figure } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true });
  const { methods } = options;
  const mappers = await openEvidenceMappers(cv, model, methods, options.evidence);

  /** A face that cannot be found costs the regions, not the maps. */
  async function landmarksOf(
    image: string,
    { toPhoto, face }: FoundFace,
    notes: string[],
  ): Promise<Point[] | undefined> {
    if (!options.regions) return undefined;
    try {
      const { image: photo } = await decodeImage(join(options.images, image), { name: image });
      return await landmarksInView(finder, photo, face === null ? { toPhoto } : { toPhoto, face });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      notes.push(`${image}: no regions: ${error.message}`);
      return undefined;
    }
  }

  return {
    async run({ pair, outcome, foundA, foundB, maps, figures }) {
      const notes: string[] = [];
      const { image: a } = await decodeImage(pair.faceA, { name: pair.a });
      const { image: b } = await decodeImage(pair.faceB, { name: pair.b });
      const landmarks = {
        a: await landmarksOf(pair.a, foundA, notes),
        b: await landmarksOf(pair.b, foundB, notes),
      };
      const { cosine } = pair;
      const { threshold, seed } = options.evidence;
      const input = { a: networkInput(cv, card.input, a), b: networkInput(cv, card.input, b) };
      const embedding = { a: await embeddingOf(model, input.a), b: await embeddingOf(model, input.b) };
      const sides = {
        a: { image: input.a, embedding: embedding.a, reference: embedding.b, cosine },
        b: { image: input.b, embedding: embedding.b, reference: embedding.a, cosine },
      };
      const views = { a: { name: pair.a, image: a }, b: { name: pair.b, image: b } };
      const { index, name, genuine, identityA, identityB } = pair;
      const described = { index, name, a: pair.a, b: pair.b, genuine, identityA, identityB, outcome };
      const lines = decisionLines(cosine, threshold, outcome);
      const evidence: Record<string, PairEvidence> = {};

      for (const [at, mapper] of mappers.entries()) {
        const method = methods[at];
        const explained: Record<'a' | 'b', PairMaps> = { a: await mapper(sides.a), b: await mapper(sides.b) };
        const regions: PairEvidence = {
          a: landmarks.a === undefined ? null : regionEvidence(cv, explained.a, landmarks.a),
          b: landmarks.b === undefined ? null : regionEvidence(cv, explained.b, landmarks.b),
        };
        evidence[method.name] = regions;
        const write = (name: string, content: Uint8Array | string) =>
          writeFileAtomic(outputPath(options.folder, `maps/${method.name}/${pair.name}/${name}`), content);
        if (maps) {
          for (const side of ['a', 'b'] as const) {
            await writeMaps(explained[side], (name, content) => write(`${side}/${name}`, content));
          }
        }
        if (figures) {
          for (const side of ['a', 'b'] as const) {
            const drawn = await drawOverlays(views[side], explained[side], lines[0], figure);
            for (const [kind, png] of Object.entries(drawn)) await write(`${side}/${kind}.png`, png);
            if (!figure.photos) continue;
            await write(`${side}/view.jpg`, await encodeImage(views[side].image, 'jpeg', { quality: 90 }));
          }
          const title = `${card.name}: ${method.name}`;
          await write('pair.png', await drawPair(title, views, explained, lines, figure));
        }
        if (maps || figures) {
          const result = {
            pair: described,
            ...{ cosine, threshold, decision: decide(cosine, threshold), regions, notes },
            ...{ method: method.name, parameters: { ...method.options, threshold }, seed },
            model: { name: card.name, sha256: options.modelSha256 },
            preprocessing: card.input,
          };
          await write('result.json', `${JSON.stringify(result, null, 2)}\n`);
        }
      }
      return { evidence, notes };
    },
  };
}

function decisionLines(cosine: number, threshold: number, outcome: Outcome): [string, string] {
  const persons = outcome === 'true match' || outcome === 'false non-match' ? 'one person' : 'two persons';
  const decision = decide(cosine, threshold);
  return [
    `cosine ${cosine.toFixed(4).replace('-', '−')}, threshold ${threshold.toFixed(4)}: ${decision}`,
    `${outcome}: by the list the images show ${persons}`,
  ];
}
