import { cosineSimilarity } from '../../../tensor/cosine-similarity.js';

/** A photograph that may take part in a morph. */
export interface Candidate {
  readonly image: string;
  readonly identity: string;
  /** Only photographs of one group are paired, such as persons of one sex. */
  readonly group: string;
  readonly embedding: Float32Array;
}

export interface LookAlikes {
  readonly a: Candidate;
  readonly b: Candidate;
  readonly cosine: number;
}

/**
 * Pairs of different persons who look alike to a recognition model, the likeliest first, as those who make morphs choose
 * them. Of all pairs of one group the one of the highest cosine is taken, then the next, passing over pairs of a
 * photograph that was taken often enough and pairs of persons that were taken already. Equal cosines are in the order of
 * the names.
 *
 * @param uses how many pairs a photograph may be in
 * @param count the most pairs that are taken
 */
export function pairLookAlikes(candidates: readonly Candidate[], uses: number, count: number): LookAlikes[] {
  const sorted = [...candidates].sort((p, q) => (p.image < q.image ? -1 : 1));
  const pairs = sorted.flatMap((a, at) =>
    sorted
      .slice(at + 1)
      .filter((b) => b.identity !== a.identity && b.group === a.group)
      .map((b): LookAlikes => ({ a, b, cosine: cosineSimilarity(a.embedding, b.embedding) })),
  );
  pairs.sort((p, q) => q.cosine - p.cosine);
  const used = new Map<string, number>();
  const persons = new Set<string>();
  const taken: LookAlikes[] = [];
  for (const pair of pairs) {
    if (taken.length === count) break;
    const images = [pair.a.image, pair.b.image];
    const both = JSON.stringify([pair.a.identity, pair.b.identity].sort());
    if (persons.has(both) || images.some((image) => (used.get(image) ?? 0) >= uses)) continue;
    persons.add(both);
    for (const image of images) used.set(image, (used.get(image) ?? 0) + 1);
    taken.push(pair);
  }
  return taken;
}
