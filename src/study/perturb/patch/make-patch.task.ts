import { encodeImage } from '../../../dataset/encode-image.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import { optimisePatch, type PatchOptions } from '../../../perturb/adversarial/patch/optimise-patch.js';
import { Problem } from '../../../problem.js';
import type { ImageItem } from '../../image-items.js';
import { type AttackedModelOptions, openAttackedModel } from '../attacked-model/attacked-model.js';

export interface MakePatchTaskOptions extends AttackedModelOptions {
  readonly patch: Omit<PatchOptions, 'signal'>;
  /** The images that the patch is made on. */
  readonly images: readonly ImageItem[];
  readonly patchFile: string;
}

export interface MakePatchResult {
  /** Images that could be used. */
  readonly images: number;
  /** The mean of what was followed, step by step. */
  readonly trace: readonly number[];
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

/** Makes the one patch of a run. */
export default async function startMakingPatch(
  options: MakePatchTaskOptions,
): Promise<Task<{ readonly name: string }, MakePatchResult>> {
  const model = await openAttackedModel(options);
  return {
    async run() {
      const start = performance.now();
      const views: RasterImage[] = [];
      const notes: string[] = [];
      for (const { file, name } of options.images) {
        try {
          const { view } = await model.view(file, name);
          const [first = view] = views;
          if (view.width !== first.width || view.height !== first.height)
            throw new Problem(name, 'differs in size from the first image', 'crop all images to one size');
          views.push(view);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          notes.push(error.message);
        }
      }
      if (views.length === 0) throw new Problem('patch', `no image could be used; the first: ${notes[0]}`);
      const { patch, trace } = await optimisePatch(views, model.lossGradient(views[0]), options.patch);
      await writeFileAtomic(options.patchFile, await encodeImage(patch, 'png'));
      return { images: views.length, trace, milliseconds: performance.now() - start, notes };
    },
  };
}
