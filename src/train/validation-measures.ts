import { equalErrorRate } from '../measure/verification/equal-error-rate.js';
import { rocArea } from '../measure/verification/roc-area.js';
import type { Decision } from './decision.js';
import type { Presented, Scored } from './learner.worker.js';

/** What can be watched while a network learns. */
export const watchedMeasures = {
  loss: { lowerIsBetter: true, words: 'weighted mean loss' },
  'd-eer': { lowerIsBetter: true, words: 'equal error rate of bona fide against all others' },
  auc: { lowerIsBetter: false, words: 'area under the ROC curve of bona fide against all others' },
  accuracy: { lowerIsBetter: false, words: 'share of images whose likeliest class is right' },
} as const satisfies Readonly<Record<string, { lowerIsBetter: boolean; words: string }>>;

export type WatchedMeasure = keyof typeof watchedMeasures;

/** The measures of scored images; d-eer and auc are null where there is no bona fide class or one side has no image. */
export function validationMeasures(
  { logits, losses }: Scored,
  rows: readonly Presented[],
  { probabilities, classOf, bonaFide }: Pick<Decision, 'probabilities' | 'classOf' | 'bonaFide'>,
): Record<WatchedMeasure, number | null> {
  const outputs = logits.length / rows.length;
  const [genuine, impostor]: [number[], number[]] = [[], []];
  let [loss, weights, right] = [0, 0, 0];
  rows.forEach(({ weight, target }, row) => {
    const own = probabilities(logits.subarray(row * outputs, (row + 1) * outputs));
    const truth = classOf(target);
    const best = Array.from(own).reduce((top, value, at) => (value > own[top] ? at : top), 0);
    loss += weight * losses[row];
    weights += weight;
    right += best === truth ? 1 : 0;
    if (bonaFide !== undefined) (truth === bonaFide ? genuine : impostor).push(own[bonaFide]);
  });
  const finite = [...genuine, ...impostor].every((value) => Number.isFinite(value));
  const both = genuine.length > 0 && impostor.length > 0 && finite;
  return {
    loss: Number.isFinite(loss) ? loss / weights : null,
    'd-eer': both ? equalErrorRate({ genuine, impostor }).eer : null,
    auc: both ? rocArea({ genuine, impostor }) : null,
    accuracy: right / rows.length,
  };
}
