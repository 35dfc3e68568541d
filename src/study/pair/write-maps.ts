import type { PairMaps } from '../../explain/pair-explanation.js';
import { encodeNpy } from '../../tensor/npy.js';

/** Writes the raw maps of one image of a pair: `positive.npy`, `negative.npy` and `combined.npy`. */
export async function writeMaps(
  maps: PairMaps,
  write: (name: string, content: Uint8Array) => Promise<void>,
): Promise<void> {
  const shape = [maps.height, maps.width];
  for (const kind of ['positive', 'negative', 'combined'] as const) {
    await write(`${kind}.npy`, encodeNpy({ data: maps[kind], shape }));
  }
}
