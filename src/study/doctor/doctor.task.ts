import { decodeImage } from '../../dataset/decode-image.js';
import { cropForCard } from '../../face/crop-for-card.js';
import type { Face } from '../../face/face.js';
import { fivePoints } from '../../face/five-points.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import type { CardInput } from '../../model/card.js';
import type { Preprocessing } from '../../model/doctor/candidates.js';
import { openGraph } from '../../model/open-graph.js';
import { resizeToInput } from '../../model/resize-to-input.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import { Problem } from '../../problem.js';
import { elementCount } from '../../tensor/tensor.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import type { ImageItem } from '../image-items.js';

/** What all variants of a network's input have in common. */
export type FixedInput = Pick<CardInput, 'layout'> & {
  readonly name: string;
  readonly width: number;
  readonly height: number;
};

export interface DoctorTaskOptions {
  readonly onnx: Uint8Array;
  readonly model: string;
  readonly input: FixedInput;
  readonly output: string;
  readonly variants: readonly Preprocessing[];
  readonly tools: FaceTools;
}

/** An image, and its face where an earlier stage looked for it (`null`: there is none). */
export interface DoctorItem extends ImageItem {
  readonly face?: Face | null;
}

export interface DoctorResult {
  readonly face: Face | null;
  /** The output for each variant; `null` where the crop cannot be made or a value is not finite. */
  readonly values: readonly (readonly number[] | null)[];
}

/** Runs one image after the other through every variant of its preprocessing: a crop is made once, its variants of colour are one batch. */
export default async function startDoctor(
  options: DoctorTaskOptions,
): Promise<Task<DoctorItem, DoctorResult>> {
  const { input, output, variants } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const session = await openGraph(options.onnx, options.model, { inline: true });
  const batches = byView(variants);
  const needsFace = variants.some(({ crop }) => crop.kind !== 'whole');

  return {
    async run({ name, file, face: known }) {
      const { image: photo } = await decodeImage(file, { name });
      const face = known === undefined && needsFace ? await faceIn(photo) : (known ?? null);
      const values: (readonly number[] | null)[] = variants.map(() => null);
      for (const batch of batches) {
        const first: CardInput = { ...input, ...variants[batch[0]] };
        if (first.crop.kind !== 'whole' && face === null) continue;
        let view;
        try {
          view = resizeToInput(cv, first, cropForCard(cv, first, photo, face ?? undefined).image);
        } catch (error) {
          if (error instanceof Problem) continue;
          throw error;
        }
        const data = new Float32Array(batch.length * inputLength(first, view));
        for (const [row, at] of batch.entries()) {
          writeInput(cv, { ...input, ...variants[at] }, view, data, row);
        }
        const shape = inputShape(first, batch.length, view);
        const result = (await session.run({ [input.name]: { data, shape } }, [output]))[output];
        const size = elementCount(result.shape.slice(1));
        for (const [row, at] of batch.entries()) {
          const own = result.data.subarray(row * size, (row + 1) * size);
          if (own.every(Number.isFinite)) values[at] = Array.from(own);
        }
      }
      return { face, values };
    },
  };

  async function faceIn(photo: Parameters<FaceFinder['one']>[0]): Promise<Face | null> {
    let face: Face;
    try {
      ({ face } = await finder.one(photo));
    } catch (error) {
      if (error instanceof Problem) return null;
      throw error;
    }
    if (face.points !== undefined || options.tools.detector === 'mtcnn') return face;
    return { ...face, points: fivePoints(await finder.landmarks(photo, face)) };
  }
}

/** The variants that differ in channel order and range alone, by their places in the list. */
function byView(variants: readonly Preprocessing[]): number[][] {
  const groups = new Map<string, number[]>();
  variants.forEach(({ crop, resize }, at) => {
    const key = JSON.stringify([crop, resize]);
    groups.set(key, [...(groups.get(key) ?? []), at]);
  });
  return [...groups.values()];
}
