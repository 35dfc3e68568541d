import type { Card } from '../model/card.js';
import type { FinalActivations } from '../model/model.js';
import { bindTarget, type BoundTarget, type Target } from './target.js';

/**
 * A class as its log-odds, log p / (1 - p), which rise and fall with its probability but do not saturate: from logits z,
 * z_c - log(sum of exp z of the others), or the only logit itself.
 *
 * @throws Problem where the card has no such class, or the graph no logits.
 */
export function bindLogOdds(
  target: Extract<Target, { kind: 'bona-fide' | 'class' }>,
  card: Card,
  activations: FinalActivations,
): BoundTarget {
  const logit = bindTarget({ ...target, of: 'logit' }, card, activations);
  const name = logit.name.replace('logit', 'log-odds');
  /** Of the class's own logit; -1 for the class that the only logit speaks against. */
  const slopes = (values: Float32Array) => logit.gradient(values, values);
  return {
    name,
    output: logit.output,
    linear: false,
    value: (values) => {
      if (values.length === 1) return logit.value(values, values);
      const own = slopes(values).indexOf(1);
      const others = values.filter((_, at) => at !== own);
      const largest = Math.max(...others);
      return (
        values[own] - largest - Math.log(others.reduce((sum, value) => sum + Math.exp(value - largest), 0))
      );
    },
    gradient: (values) => {
      const gradient = slopes(values);
      if (values.length === 1) return gradient;
      const own = gradient.indexOf(1);
      const largest = values.reduce(
        (most, value, at) => (at === own ? most : Math.max(most, value)),
        -Infinity,
      );
      const weights = values.map((value, at) => (at === own ? 0 : Math.exp(value - largest)));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return gradient.map((slope, at) => slope - weights[at] / sum);
    },
  };
}
