import { join } from 'node:path';
import type { Person } from '../../../dataset/people/person.js';
import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { canonicalSize } from '../../../face/canonical/canonical-face.js';
import { MeanTable } from '../../../measure/groups/mean-table.js';
import { photographPath } from '../explain/evidence-paths.js';
import { meanPhotographPath } from './mean-path.js';
import { personEvidence } from './person-evidence.js';

const { width, height } = canonicalSize;

/**
 * The mean photograph on the canonical face, of everybody and of each group, each person with equal weight.
 * @param explained the folder of the explanations; `folder` that of this step.
 */
export async function writeMeanPhotographs(
  explained: string,
  folder: string,
  people: readonly Person[],
  keys: readonly string[],
): Promise<void> {
  const table = new MeanTable(3 * width * height, ['person'], [[], ...keys.map((key) => [key])]);
  for await (const { person, images } of personEvidence(explained, people)) {
    for (const { image, evidence } of images) {
      if (!evidence.landmarks) continue;
      const path = photographPath(image);
      const { image: photograph } = await decodeImage(join(explained, path), { name: path });
      table.add({ person: person.identity, ...person.groups }, photograph.data);
    }
  }
  for (const { of, mean } of table.finish()) {
    const [key, value] = Object.entries(of).at(0) ?? ['', ''];
    const data = Uint8Array.from(mean, (level) => Math.round(level));
    await writeFileAtomic(
      outputPath(folder, meanPhotographPath({ key, value })),
      await encodeImage({ width, height, channels: 3, data }, 'png'),
    );
  }
}
