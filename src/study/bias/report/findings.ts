import { holm } from '../../../measure/groups/holm.js';
import type { NoRate, Rate } from '../../../measure/rate.js';
import type { Measured } from '../../../measure/measured.js';
import { inWords, number, percent, pInWords, rateInWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { ImagesSummary } from '../images/images-table.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import type { BiasMeasures } from '../measure/measure.js';

/** A rate in percent with its interval and counts, or the counts alone where they do not support one. */
export function supported(rate: Rate | NoRate): string {
  const { errors, trials } = rate;
  if (rate.rate === null) return `too few (${errors} of ${trials})`;
  const { low, high } = rate.interval;
  return `${percent(rate.rate)} % (${percent(low)} to ${percent(high)}), ${errors}/${trials}`;
}

/** A share in percent with its interval. */
export function shareInWords(measured: Measured): string {
  if (measured.value === null) return 'too few';
  const { value, interval } = measured;
  return interval === undefined
    ? `${percent(value)} %`
    : `${percent(value)} % (${percent(interval.low)} to ${percent(interval.high)})`;
}

/** A number with its interval. */
export function measuredInWords(measured: Measured): string {
  if (measured.value === null) return 'too few';
  const { value, interval } = measured;
  if (interval === undefined) return value.toFixed(3);
  // Resampling adds noise, which makes absolute differences larger: in small samples it never comes down to the value.
  return interval.low > value || interval.high < value
    ? `${value.toFixed(3)} (too noisy for an interval)`
    : `${value.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
}

/** How often the model is right. */
export function accuracyInWords(model: string, { images, right, accuracy }: ImagesSummary): string {
  return `${model} is right about ${rateInWords({ ...accuracy, errors: right, trials: images })} images.`;
}

/** Where it is wrong most and least often. */
export function groupsInWords({ key, groups, fairness }: GroupingMeasures): string | undefined {
  const known = groups
    .flatMap(({ group, accuracy }) => (accuracy.rate === null ? [] : [{ group, accuracy }]))
    .toSorted((a, b) => a.accuracy.rate - b.accuracy.rate);
  if (known.length < 2) return undefined;
  const [worst, best] = [known[0], known[known.length - 1]];
  const wrong = ({ accuracy }: (typeof known)[number]) =>
    `${percent(1 - accuracy.rate)} % (${percent(1 - accuracy.interval.high)} to ${percent(1 - accuracy.interval.low)})`;
  const parity = fairness
    .at(0)
    ?.disparities.find(({ criterion }) => criterion === 'accuracyParity')?.difference;
  const gap =
    parity?.value === null || parity === undefined
      ? ''
      : ` The gap of the accuracy is ${shareInWords(parity)}.`;
  const apart =
    worst.accuracy.interval.high < best.accuracy.interval.low
      ? ''
      : ' Their intervals overlap, so this may be chance.';
  return (
    `By ${keyInWords(key)}, it is wrong most often about ${inWords(worst.group)}, ${wrong(worst)}, and least often about ` +
    `${inWords(best.group)}, ${wrong(best)}.${gap}${apart}`
  );
}

/** Whether the mistakes about groups lean on different features: a line for each grouping that can tell, or why none can. */
export function featuresInWords(groupings: readonly GroupingMeasures[]): string[] {
  const lines: string[] = [];
  const reasons: string[] = [];
  for (const { key, mistakes } of groupings) {
    if (mistakes === null) continue;
    const { score, chance, features } = mistakes;
    if (score.value === null) {
      reasons.push(`${keyInWords(key)} (${score.reason})`);
      continue;
    }
    const clear = features.filter(({ holm }) => (holm as number | null) !== null && holm < 0.05);
    const expected =
      chance === undefined ? '' : `; chance alone gives ${number(chance.mean)} (p ${pInWords(chance.p)})`;
    const which =
      clear.length === 0
        ? 'no single feature differs beyond chance'
        : `beyond chance differ ${clear.map(({ feature }) => inWords(feature)).join(', ')}`;
    lines.push(
      `By ${keyInWords(key)}, the bias score of the features behind mistakes is ${measuredInWords(score)}${expected}: ${which}.`,
    );
  }
  return reasons.length === 0
    ? lines
    : [...lines, `There are too few mistakes to compare what they lean on by ${reasons.join(', by ')}.`];
}

/** The clearest effect of hiding a region in one group, and whether it stands after correction. */
export function whatIfInWords({ all, byGrouping }: BiasMeasures): string | undefined {
  const known = [all, ...byGrouping].flatMap(({ key, whatIf }) =>
    whatIf.flatMap(({ region, group, accuracy }) =>
      accuracy === null ? [] : [{ key, region, group, accuracy }],
    ),
  );
  if (known.length === 0) return undefined;
  const corrected = holm(known.map(({ accuracy }) => accuracy.p));
  const at = known.reduce(
    (best, { accuracy }, index) => (accuracy.p < known[best].accuracy.p ? index : best),
    0,
  );
  const { key, region, group, accuracy } = known[at];
  const { difference, interval, p, trials } = accuracy;
  const who = key === '' ? 'everybody' : `${inWords(group)} (${keyInWords(key)})`;
  const moved = `${difference > 0 ? '+' : ''}${percent(difference)} points (${percent(interval.low)} to ${percent(interval.high)})`;
  return (
    `The clearest of ${known.length} checks: hiding the ${inWords(region)} of ${who} moves the accuracy by ${moved} over ` +
    `${trials} images (McNemar’s p ${pInWords(p)}, ${pInWords(corrected[at])} after Holm).`
  );
}
