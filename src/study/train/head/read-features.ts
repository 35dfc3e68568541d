import { readFileSync } from 'node:fs';
import { splitNames, type Split } from '../../../dataset/people/split-people.js';
import type { RunFolder } from '../../../jobs/run/run-folder.js';
import { decodeNpy } from '../../../tensor/npy.js';
import { elementCount } from '../../../tensor/tensor.js';
import type { Example } from '../examples.js';
import { featureFile, type FeaturesResult } from '../features.task.js';
import type { TrainingData } from '../training-data.js';
import type { HeadPlan } from './head-plan.js';

/** The features of all images that could be used, in one piece of memory, in the order of the images. */
export async function readFeatures(run: RunFolder, plan: HeadPlan, data: TrainingData, folder: string) {
  const done = new Map<string, FeaturesResult>();
  for await (const { item, result } of run.results()) done.set(item, result as FeaturesResult);
  const firstRow = new Map<number, number>();
  let rows = 0;
  data.images.forEach(({ name }, image) => {
    const result = done.get(name);
    if (result === undefined) return;
    firstRow.set(image, rows);
    rows += result.shape[0];
  });
  const shape = [...done.values()][0].shape.slice(1);
  const size = elementCount(shape);
  const memory = new SharedArrayBuffer(rows * size * Float32Array.BYTES_PER_ELEMENT);
  const all = new Float32Array(memory);
  for (const [image, row] of firstRow) {
    const file = featureFile(folder, data.images[image].name);
    all.set(decodeNpy(readFileSync(file), file).data as Float32Array, row * size);
  }
  const places = new Map<Example, number>();
  const next = new Map<number, number>();
  for (const split of splitNames) {
    for (const example of plan.examples[split]) {
      const nth = next.get(example.image) ?? 0;
      next.set(example.image, nth + 1);
      const first = firstRow.get(example.image);
      if (first !== undefined) places.set(example, first + nth);
    }
  }
  const usable = (split: Split) => plan.examples[split].filter((example) => places.has(example));
  return {
    shape,
    memory,
    rowOf: (example: Example) => places.get(example)!,
    examples: { train: usable('train'), validation: usable('validation'), test: usable('test') },
  };
}
