import type { OnnxModel } from '../../onnx/index.js';
import { builtInCatalogue } from '../zoo/catalogue.js';
import { entrySha256 } from '../zoo/entry-sha256.js';
import { expectedClass } from './expected-class.js';
import { leafScore } from './leaf-score.js';
import { ssrNetValue } from './ssr-net-value.js';

/** What is added to zoo networks whose package computes the result outside the graph, by the entry's name. */
const adaptations: Readonly<Record<string, ((model: OnnxModel) => OnnxModel) | undefined>> = {
  faceres: (model) => expectedClass(model, 'age_pred/Softmax', { name: 'age', count: 100 }),
  fr_age: (model) => ssrNetValue(model, 'age', { range: 101 }),
  'face-antispoofing-tflite': (model) => leafScore(model, 'attack'),
  fr_gender: (model) => ssrNetValue(model, 'gender', { range: 1, limit: 1 }),
};

/**
 * Completes a network of the zoo; any other model is returned as it is.
 * @param sha256 of the model's file.
 */
export function adaptModel(model: OnnxModel, sha256: string): OnnxModel {
  const entry = builtInCatalogue.find((candidate) => entrySha256(candidate) === sha256);
  return adaptations[entry?.name ?? '']?.(model) ?? model;
}
