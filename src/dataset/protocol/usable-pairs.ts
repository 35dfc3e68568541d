import type { DroppedPair, ParsedPair, ParsedPairs } from './protocol.js';

/**
 * The pairs that can be compared, each once. Dropped are an image compared with itself, a pair that came before
 * (also the other way round: its score is the same), and all rows of a pair with both labels.
 */
export function usablePairs({ pairs, dropped }: ParsedPairs): ParsedPairs {
  const byImages = new Map<string, ParsedPair[]>();
  const refused: DroppedPair[] = [];
  const refuse = ({ line, text }: ParsedPair, kind: DroppedPair['kind'], reason: string): void =>
    void refused.push({ line, text, kind, reason });

  for (const pair of pairs) {
    if (pair.a === pair.b) {
      refuse(pair, 'same-image', 'compares an image with itself');
      continue;
    }
    const key = JSON.stringify([pair.a, pair.b].sort());
    const same = byImages.get(key);
    if (same === undefined) byImages.set(key, [pair]);
    else same.push(pair);
  }
  const usable: ParsedPair[] = [];
  for (const same of byImages.values()) {
    const [first, ...again] = same;
    if (again.some(({ genuine }) => genuine !== first.genuine)) {
      const lines = same.map(({ line }) => line).join(', ');
      for (const pair of same)
        refuse(pair, 'contradiction', `is labelled same and different (lines ${lines})`);
      continue;
    }
    usable.push(first);
    for (const pair of again) {
      const turned = pair.a === first.a ? '' : ', the other way round';
      refuse(pair, 'duplicate', `is the pair of line ${first.line}${turned}`);
    }
  }
  return {
    pairs: usable,
    dropped: [...dropped, ...refused].sort((one, other) => one.line - other.line),
  };
}
