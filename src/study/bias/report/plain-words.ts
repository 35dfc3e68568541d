import type { FairnessCriterion } from '../../../measure/fairness/criteria.js';
import type { BiasMeasures } from '../measure/measure.js';

/** What each idea of fairness asks for, for readers who are no statisticians. */
export const plainCriteria: Readonly<
  Record<FairnessCriterion, { readonly name: string; readonly equal: (name: string) => string }>
> = {
  demographicParity: {
    name: 'demographic parity',
    equal: (name) => `how many are taken for ${name}, rightly or not`,
  },
  equalOpportunity: {
    name: 'equal opportunity',
    equal: (name) => `of those who are ${name}, how many are found`,
  },
  equalizedOdds: {
    name: 'equalized odds',
    equal: (name) => `that, and of those who are not ${name}, how many are taken for it`,
  },
  predictiveParity: {
    name: 'predictive parity',
    equal: (name) => `of those taken for ${name}, how many are`,
  },
  conditionalUseAccuracy: {
    name: 'conditional use accuracy',
    equal: () => 'that, and the same of those not taken for it',
  },
  accuracyParity: { name: 'accuracy parity', equal: () => 'how many decisions are right' },
};

/** What the measures are, and what they do not say. */
export function howToRead({ settings, decision }: BiasMeasures): string[] {
  return [
    'A rate always stands with the number of images behind it and a 95 % interval: a range that holds the true rate in 19 of ' +
      `20 studies like this. Where there are fewer than ${settings.least} images or mistakes, no number is printed, because it would be noise.`,
    'A map shows which places of the picture speak for a class. Its hottest parts are boxed; a box belongs to the region of ' +
      'the face whose centre is nearest, if that region covers enough of it. A region with such a box is active.',
    'Feature probability: of the mistakes about a group, the share in which a region is active. Feature bias: how much that ' +
      'differs between groups. Bias score (BiasX): the mean of the feature biases. A mean of absolute differences is above 0 ' +
      'in any sample, so compare it with what chance alone gives, which stands beside it.',
    'ROC: of those who are of a class, how many are found, over how many others are taken for it, at all thresholds; AUC is ' +
      'the chance that someone of the class gets the higher score. Precision and recall tell the same from the side of those ' +
      'who are taken for the class.',
    'A map is an explanation, not proof. The check is to hide the feature and ask again; a covered face is also an unusual ' +
      'face, so a change may come from the cover itself.',
    'Groups may differ in age, pose, light or camera as well; a difference between groups is not by itself caused by what ' +
      `names them. The labels say what others took people for; ${decision.attribute} is not always what people are.`,
  ];
}
