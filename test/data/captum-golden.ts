import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '../../src/model/model.js';
import { openModel } from '../../src/model/open-model.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import type { Tensor } from '../../src/tensor/tensor.js';

const folder = process.env.FACEPROBE_DATA ?? '';

/** What a suite that needs the data is told. */
export const needsData = { skip: folder === '' && 'FACEPROBE_DATA is not set' };

/** What golden/captum explains. */
export const real = { kind: 'class', class: 'real', of: 'logit' } as const;

/** The network of golden/captum: RGB in 0..1, logits real and spoof. */
export function openMinifas(threads?: number): Promise<Model> {
  return openModel(join(folder, 'models', 'minifas128', 'minifas128.onnx'), {
    threads,
    card: {
      name: 'minifas128',
      task: 'pad',
      input: {
        width: 128,
        height: 128,
        layout: 'NCHW',
        channels: 'RGB',
        mean: [0],
        std: [255],
        crop: { kind: 'whole' },
        resize: 'area-or-lanczos4',
      },
      outputs: { output: { kind: 'logits', classes: ['real', 'spoof'] } },
      bonaFide: 'real',
    },
  });
}

/** An array of golden/captum by its name without `.npy`. */
export async function readGolden(name: string): Promise<Tensor> {
  return decodeNpy(await readFile(join(folder, 'golden', 'captum', `${name}.npy`)), name) as Tensor;
}

/** Its table. */
export async function readResults<Results>(): Promise<Results> {
  return JSON.parse(await readFile(join(folder, 'golden', 'captum', 'results.json'), 'utf8')) as Results;
}
