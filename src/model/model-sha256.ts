import { createHash } from 'node:crypto';

/**
 * What a model is known by: the SHA-256 of its file. A model of several files is known by the SHA-256 of the list of
 * theirs, one in a line: `sha256sum model.json shard1 shard2 | cut -d' ' -f1 | sha256sum`.
 * @param digests of its files in 64 hexadecimal digits, the main one first, then those it names, in its order
 */
export function modelSha256(digests: readonly string[]): string {
  if (digests.length === 1) return digests[0];
  return createHash('sha256')
    .update(digests.map((digest) => `${digest}\n`).join(''))
    .digest('hex');
}
