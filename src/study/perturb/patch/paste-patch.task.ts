import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { toGray } from '../../../image/gray.js';
import type { Task } from '../../../jobs/task.js';
import { patchCorner, type PatchOptions } from '../../../perturb/adversarial/patch/optimise-patch.js';
import { pastePatch } from '../../../perturb/adversarial/patch/paste-patch.js';
import type { ImageItem } from '../../image-items.js';
import { outputName } from '../../output-name.js';
import { type AttackedModelOptions, openAttackedModel } from '../attacked-model/attacked-model.js';
import { accepted, attackable } from '../attacked-model/decision.js';
import type { AttackedScore } from '../attacked-model/summarise-attack.js';

export interface PastePatchTaskOptions extends AttackedModelOptions {
  readonly patch: Pick<PatchOptions, 'size' | 'place' | 'direction'>;
  readonly threshold: number;
  readonly patchFile: string;
  readonly outputPath: string;
}

/** What the journal keeps of one image. */
export interface PastePatchResult extends AttackedScore {
  /** Path of the image below the output folder. */
  readonly output: string;
  readonly notes: readonly string[];
}

/** Puts the patch on what the model sees of one image after the other. */
export default async function startPastingPatch(
  options: PastePatchTaskOptions,
): Promise<Task<ImageItem, PastePatchResult>> {
  const { threshold, patch: settings } = options;
  const model = await openAttackedModel(options);
  const { image: patch } = await decodeImage(options.patchFile);
  return {
    async run({ name, file }) {
      const { view, notes } = await model.view(file, name);
      const before = await model.score(view);
      const patched = pastePatch(
        view,
        view.channels === 1 ? toGray(patch) : patch,
        patchCorner(view, settings),
      );
      const after = await model.score(patched);
      const output = outputName(name, 'png');
      await writeFileAtomic(outputPath(options.outputPath, output), await encodeImage(patched, 'png'));
      return {
        output,
        before,
        after,
        attackable: attackable(settings.direction, before, threshold),
        flipped: accepted(before, threshold) !== accepted(after, threshold),
        notes,
      };
    },
  };
}
