import { decodeImage } from '../../../dataset/decode-image.js';
import { networkInput } from '../../../explain/network-input.js';
import type { Box } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { Task } from '../../../jobs/task.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import type { Fill } from '../../../perturb/occlusion/fill.js';
import { openEvidenceMappers } from '../methods/evidence-mapper.js';
import type { StudyMethod } from '../methods/study-method.js';
import { emptiedImage } from './emptied-image.js';
import { type ReplacedPair, replacePair, type ReplacePairOptions } from './replace-pair.js';

export interface ReplaceTaskOptions extends ReplacePairOptions {
  readonly model: string;
  readonly card: Card;
  readonly methods: readonly StudyMethod[];
  /** What stands for a pixel that is deleted or not yet inserted; null without insertion and deletion. */
  readonly fill: Fill | null;
}

/** A patched pair. */
export interface ReplaceItem {
  readonly name: string;
  /** Place of the pair in the list. */
  readonly index: number;
  readonly genuine: boolean;
  readonly faceA: string;
  /** The first face with patches. */
  readonly patchedA: string;
  readonly faceB: string;
  readonly patches: readonly Box[];
}

/** Puts every method to the test on one pair after the other. */
export default async function startReplacing(
  options: ReplaceTaskOptions,
): Promise<Task<ReplaceItem, ReplacedPair>> {
  const { card, methods, fill } = options;
  const cv = await loadOpenCv();
  const model = await openModel(options.model, { card, inline: true });
  const mappers = await openEvidenceMappers(cv, model, methods, options);
  const named = methods.map(({ name }, at) => ({ name, map: mappers[at] }));
  const read = async (file: string) => (await decodeImage(file)).image;

  return {
    async run({ index, genuine, faceA, patchedA, faceB, patches }) {
      const original = await read(faceA);
      const pair = {
        index,
        genuine,
        patches,
        original: networkInput(cv, card.input, original),
        patched: networkInput(cv, card.input, await read(patchedA)),
        reference: networkInput(cv, card.input, await read(faceB)),
        emptied: fill === null ? null : networkInput(cv, card.input, emptiedImage(cv, original, fill)),
      };
      return replacePair(model, named, pair, options);
    },
  };
}
