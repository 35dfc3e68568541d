import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { Protocol } from '../../dataset/protocol/protocol.js';
import { readProtocol } from '../../dataset/protocol/read-protocol.js';
import { resolveImages } from '../../dataset/protocol/resolve-images.js';
import { Problem } from '../../problem.js';
import type { VerificationOptions } from './verification-options.js';

/** The protocol of a study with its images. */
export interface StudyProtocol {
  readonly protocol: Protocol;
  /** The folder of the images, absolute. */
  readonly images: string;
  /** What decides the pairs, for the record of the run. */
  readonly settings: Record<string, unknown>;
}

/**
 * Reads the list of pairs and finds its images.
 * @throws Problem where the list cannot be used, or an image lies in the study's own folder.
 */
export async function protocolOf(
  options: Pick<VerificationOptions, 'pairs' | 'images' | 'identities' | 'output'>,
): Promise<StudyProtocol> {
  const { pairs: list, identities, output } = options;
  const images = resolve(options.images ?? dirname(list));
  const protocol = await resolveImages(await readProtocol(list, { identities }), images);
  const own = `${resolve(output)}${sep}`;
  for (const { a, b } of protocol.pairs) {
    const inside = [a, b].find((path) => resolve(images, path).startsWith(own));
    if (inside === undefined) continue;
    throw new Problem(
      output,
      `holds the image ${inside} of the list, which outputs could overwrite`,
      'name another folder with --output',
    );
  }
  return {
    protocol,
    images,
    settings: {
      pairs: { file: resolve(list), sha256: await sha256Of(list) },
      ...(identities === undefined
        ? {}
        : { identities: { file: resolve(identities), sha256: await sha256Of(identities) } }),
      images,
    },
  };
}

async function sha256Of(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
