import type { ProtocolPair } from '../../../dataset/protocol/protocol.js';
import { outputPath } from '../../../dataset/output-path.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { cosineSimilarity } from '../../../tensor/cosine-similarity.js';
import { pairName } from '../pair-name.js';
import type { ScoredPair } from '../scored-pair.js';
import { facePath } from './face-path.js';
import { type EmbeddedFace, embeddingOf } from './threshold.task.js';

/** A pair that is left out of the study, and why. */
export interface LostPair {
  readonly pair: ProtocolPair;
  readonly reason: string;
}

/**
 * The cosines of all pairs whose images are both embedded. Of an image only its float32 embedding is kept in memory.
 * @returns the pairs in the order of the list, and those that are left out.
 */
export async function scorePairs(
  run: RunFolder,
  pairs: readonly ProtocolPair[],
): Promise<{ scored: ScoredPair[]; lost: LostPair[] }> {
  const faces = new Map<
    string,
    Pick<EmbeddedFace, 'sha256' | 'width' | 'height'> & { vector: Float32Array }
  >();
  for await (const { item, result } of run.results()) {
    const { sha256, width, height, embedding } = result as EmbeddedFace;
    faces.set(item, { sha256, width, height, vector: embeddingOf({ embedding }) });
  }
  const reasons = new Map(
    [...run.record.skipped, ...run.record.failed].map(({ item, reason }) => [item, reason]),
  );
  const scored: ScoredPair[] = [];
  const lost: LostPair[] = [];
  for (const pair of pairs) {
    const { index, a, b, genuine, identityA, identityB, fold } = pair;
    const [faceA, faceB] = [faces.get(a), faces.get(b)];
    const lose = (reason: string) => void lost.push({ pair, reason });
    if (faceA === undefined || faceB === undefined) {
      lose(
        [a, b]
          .flatMap((image) => (faces.has(image) ? [] : (reasons.get(image) ?? `${image}: not embedded`)))
          .join('; '),
      );
    } else if (faceA.sha256 === faceB.sha256) {
      lose(`${a} and ${b} are the same image, pixel by pixel`);
    } else if (faceA.width !== faceB.width || faceA.height !== faceB.height) {
      lose(
        `${a} has ${faceA.width} x ${faceA.height} pixels, ${b} ${faceB.width} x ${faceB.height}: bring both to one size`,
      );
    } else {
      scored.push({
        index,
        name: pairName(pair),
        a,
        b,
        faceA: outputPath(run.folder, facePath(a)),
        faceB: outputPath(run.folder, facePath(b)),
        genuine,
        identityA,
        identityB,
        fold,
        cosine: cosineSimilarity(faceA.vector, faceB.vector),
      });
    }
  }
  return { scored, lost };
}
