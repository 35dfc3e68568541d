import type { AttackScores } from '../../measure/pad/attack-scores.js';
import { detectionEqualErrorRate } from '../../measure/pad/detection-equal-error-rate.js';
import { errorsAtApcer } from '../../measure/pad/errors-at-apcer.js';
import { errorsAtBpcer } from '../../measure/pad/errors-at-bpcer.js';
import { equalErrorRate } from '../../measure/verification/equal-error-rate.js';
import type { VerificationScores } from '../../measure/verification/scores.js';
import { thresholdAtFmr } from '../../measure/verification/threshold-at-fmr.js';
import { thresholdAtFnmr } from '../../measure/verification/threshold-at-fnmr.js';
import { Problem } from '../../problem.js';

const targets = ['apcer', 'bpcer', 'fmr', 'fnmr'] as const;

/** ISO/IEC 20059 calls the same errors otherwise. */
const namesOfMorphs = new Map<string, string>([
  ['macer', 'apcer'],
  ['bscer', 'bpcer'],
]);

/** How a threshold is chosen. Plain data. */
export type ThresholdRule =
  | { readonly kind: 'eer' }
  | { readonly kind: (typeof targets)[number]; readonly target: number }
  | { readonly kind: 'given'; readonly threshold: number };

/**
 * `eer`, `apcer=0.05`, `bpcer=0.05`, `fmr=0.001`, `fnmr=0.01`, or a score such as `0.5`. Morphs: `macer` and `bscer` are
 * `apcer` and `bpcer`.
 *
 * @throws Problem where it is none of them
 */
export function parseThresholdRule(text: string): ThresholdRule {
  const rule = text.trim().toLowerCase();
  if (rule === 'eer') return { kind: 'eer' };
  const [, name, rate] = /^(\w+)=(.*)$/.exec(rule) ?? [];
  const kind = targets.find((known) => known === (namesOfMorphs.get(name) ?? name));
  if (kind !== undefined) {
    const target = Number(rate);
    if (rate.trim() !== '' && target > 0 && target < 1) return { kind, target };
    throw new Problem(text, 'is not a rate between 0 and 1', 'such as bpcer=0.05');
  }
  if (rule !== '' && Number.isFinite(Number(rule))) return { kind: 'given', threshold: Number(rule) };
  throw new Problem(
    text,
    'is no way to choose a threshold',
    'give eer, apcer=0.05, bpcer=0.05, fmr=0.001, fnmr=0.01, or a score such as 0.5',
  );
}

/** The rule in words: `EER`, `BPCER 0.05`, `given`. */
export function ruleInWords(rule: ThresholdRule): string {
  return rule.kind === 'eer' || rule.kind === 'given'
    ? { eer: 'EER', given: 'given' }[rule.kind]
    : `${rule.kind.toUpperCase()} ${rule.target}`;
}

/** @throws Problem where the scores cannot give it, or the rule is one of verification. */
export function attackThreshold(scores: AttackScores, rule: ThresholdRule): number {
  switch (rule.kind) {
    case 'eer':
      return detectionEqualErrorRate(scores).threshold;
    case 'apcer':
      return errorsAtApcer(scores, rule.target).threshold;
    case 'bpcer':
      return errorsAtBpcer(scores, rule.target).threshold;
    case 'given':
      return rule.threshold;
    case 'fmr':
    case 'fnmr':
      throw new Problem(ruleInWords(rule), 'is of verification', 'give apcer=, bpcer=, eer or a score');
  }
}

/** @throws Problem where the scores cannot give it, or the rule is one of attack detection. */
export function pairThreshold(scores: VerificationScores, rule: ThresholdRule): number {
  switch (rule.kind) {
    case 'eer':
      return equalErrorRate(scores).threshold;
    case 'fmr':
      return thresholdAtFmr(scores.impostor, rule.target).threshold;
    case 'fnmr':
      return thresholdAtFnmr(scores.genuine, rule.target).threshold;
    case 'given':
      return rule.threshold;
    case 'apcer':
    case 'bpcer':
      throw new Problem(ruleInWords(rule), 'is of attack detection', 'give fmr=, fnmr=, eer or a score');
  }
}
