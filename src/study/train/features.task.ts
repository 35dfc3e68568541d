import { join } from 'node:path';
import { decodeImage } from '../../dataset/decode-image.js';
import { writeFileAtomicSync } from '../../dataset/write-file-atomic.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { Task } from '../../jobs/task.js';
import type { CardInput } from '../../model/card.js';
import { openGraph } from '../../model/open-graph.js';
import { inputLength, inputShape, writeInput } from '../../model/write-input.js';
import type { AugmentationSettings } from '../../perturb/augment/augment.js';
import { Problem } from '../../problem.js';
import { encodeNpy } from '../../tensor/npy.js';
import { FaceFinder } from '../faces/face-finder.js';
import type { FaceTools } from '../faces/face-tools.js';
import { nativeView, type NativeViewOptions } from './native-view.js';
import { present, type Presentation } from './presentation.js';

export interface FeaturesTaskOptions extends NativeViewOptions {
  /** The frozen part of the network, up to the features, as an ONNX file. */
  readonly backbone: Uint8Array;
  /** What to call it in messages. */
  readonly name: string;
  readonly inputName: string;
  readonly tensor: string;
  readonly input: CardInput;
  readonly tools: FaceTools;
  readonly augmentations: AugmentationSettings;
  /** Where the features are kept, one file an image. */
  readonly folder: string;
}

/** One image, shown in one or several ways; null is the image as it is. */
export interface FeaturesItem {
  readonly name: string;
  readonly file: string;
  readonly shown: readonly (Presentation | null)[];
}

export interface FeaturesResult {
  /** [ways, ...features of one]. */
  readonly shape: readonly number[];
  readonly notes: readonly string[];
}

/** The features of an image in all its presentations, kept as `.npy`. */
export default async function startFeatures(
  options: FeaturesTaskOptions,
): Promise<Task<FeaturesItem, FeaturesResult>> {
  const { input, inputName, name: model, tensor } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const session = await openGraph(options.backbone, model, { inline: true, threads: 1 });
  return {
    async run({ name, file, shown }) {
      const { image, notes } = await decodeImage(file, { name });
      const view = await nativeView(cv, finder, input, image, options);
      const data = new Float32Array(shown.length * inputLength(input, view));
      shown.forEach((presentation, row) => {
        const pixels = presentation === null ? view : present(cv, view, presentation, options.augmentations);
        writeInput(cv, input, pixels, data, row);
      });
      const feed = { data, shape: inputShape(input, shown.length, view) };
      const features = (await session.run({ [inputName]: feed }, [tensor]))[tensor];
      if (!features.data.every(Number.isFinite)) {
        throw new Problem(name, `the tensor "${tensor}" of ${model} is not finite for this image`);
      }
      writeFileAtomicSync(featureFile(options.folder, name), encodeNpy(features));
      return { shape: features.shape, notes };
    },
  };
}

/** Where the features of an image are kept. */
export function featureFile(folder: string, name: string): string {
  return join(folder, `${name}.npy`);
}
