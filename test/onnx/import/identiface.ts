import { noise } from '../run.js';
import type { LayerJson, Weights } from './keras-hdf5.js';

export type Weight = readonly [Float32Array, readonly number[]];

/** Random numbers that keep the size of the signal. */
function random(shape: readonly number[], seed: number): Weight {
  const size = shape.reduce((a, b) => a * b, 1);
  const fan = size / shape.at(-1)!;
  return [noise(size, seed).map((value) => value * Math.sqrt(6 / fan)), shape];
}

/** IdentiFace (arXiv 2401.01227): VGG of 48x48 gray faces, 6,454,466 parameters. */
export function identiFace(): { readonly config: unknown; readonly weights: Weights } {
  const layers: LayerJson[] = [];
  const weights: Record<string, Record<string, Weight>> = {};
  const add = (class_name: string, name: string, config: object = {}) =>
    layers.push({ class_name, config: { name, ...config } });
  const addWeights = (name: string, shape: readonly number[]) => {
    const bias = noise(shape.at(-1)!, layers.length + 50).map((value) => value / 10);
    weights[name] = { kernel: random(shape, layers.length + 1), bias: [bias, [bias.length]] };
  };
  let channels = 1;
  for (const [block, filters] of [
    [64, 64],
    [128, 128],
    [256, 256, 256],
  ].entries()) {
    for (const [i, count] of filters.entries()) {
      const name = `block${block + 1}_conv${i + 1}`;
      const input = layers.length === 0 ? { batch_input_shape: [null, 48, 48, 1] } : {};
      add('Conv2D', name, {
        ...input,
        filters: count,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: 'same',
        activation: 'relu',
        use_bias: true,
      });
      addWeights(name, [3, 3, channels, count]);
      channels = count;
    }
    add('MaxPooling2D', `pool${block + 1}`, { pool_size: [2, 2], strides: [2, 2], padding: 'valid' });
  }
  add('Flatten', 'flatten');
  add('Dense', 'dense', { units: 512, activation: 'relu', use_bias: true });
  addWeights('dense', [9216, 512]);
  add('Dropout', 'dropout', { rate: 0.5 });
  add('Dense', 'gender', { units: 2, activation: 'softmax', use_bias: true });
  addWeights('gender', [512, 2]);
  return { config: { class_name: 'Sequential', config: { name: 'identiface', layers } }, weights };
}
