import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { Measured } from '../../../measure/measured.js';
import type { PairedDifference } from '../../../measure/paired-difference.js';
import type { NoRate, Rate } from '../../../measure/rate.js';
import type { GroupingMeasures } from './grouping-measures.js';
import type { BiasMeasures } from './measure.js';

type Row = Record<string, string | number | null | undefined>;

/** Writes every measure of a study as CSV tables, and all of them as `measures.json`. */
export async function writeTables(folder: string, measures: BiasMeasures): Promise<void> {
  const { all, byGrouping, decision } = measures;
  const groupings = [all, ...byGrouping];
  const write = (name: string, rows: readonly Row[]) =>
    rows.length === 0
      ? Promise.resolve()
      : writeFileAtomic(join(folder, name), stringify([...rows], { header: true }));
  await write(
    'groups.csv',
    groupings.flatMap((grouping) => groupRows(grouping, decision.classes)),
  );
  await write('confusion.csv', groupings.flatMap(confusionRows));
  await write('fairness.csv', byGrouping.flatMap(fairnessRows));
  await write('features.csv', byGrouping.flatMap(featureRows));
  await write('scores.csv', byGrouping.flatMap(scoreRows));
  await write('heat.csv', groupings.flatMap(heatRows));
  await write('attention.csv', byGrouping.flatMap(attentionRows));
  await write('what-if.csv', groupings.flatMap(whatIfRows));
  await write('roc.csv', groupings.flatMap(rocRows));
  await write('precision-recall.csv', groupings.flatMap(precisionRecallRows));
  await writeFileAtomic(join(folder, 'measures.json'), `${JSON.stringify(measures, null, 1)}\n`);
}

function groupRows({ key, groups, curves }: GroupingMeasures, classes: readonly string[]): Row[] {
  return groups.map(({ group, images, persons, matrix, accuracy, rates }) => {
    const row: Row = {
      grouping: key,
      group,
      images,
      persons,
      mistakes: images - matrix.counts.reduce((sum, counts, at) => sum + counts[at], 0),
      ...rateColumns('accuracy', accuracy),
    };
    for (const name of classes) {
      Object.assign(
        row,
        rateColumns(`tpr_${name}`, rates[name].truePositiveRate),
        rateColumns(`fpr_${name}`, rates[name].falsePositiveRate),
        rateColumns(`ppv_${name}`, rates[name].positivePredictiveValue),
        rateColumns(`selected_${name}`, rates[name].selectionRate),
      );
    }
    for (const { group: own, class: name, area, averagePrecision } of curves) {
      if (own !== group) continue;
      row[`auc_${name}`] = area?.value;
      row[`auc_${name}_low`] = area?.interval?.low;
      row[`auc_${name}_high`] = area?.interval?.high;
      row[`average_precision_${name}`] = averagePrecision;
    }
    return row;
  });
}

function rateColumns(name: string, rate: Rate | NoRate): Row {
  const known = rate.rate === null ? undefined : rate;
  return {
    [name]: known?.rate,
    [`${name}_low`]: known?.interval.low,
    [`${name}_high`]: known?.interval.high,
    [`${name}_count`]: rate.errors,
    [`${name}_of`]: rate.trials,
  };
}

function confusionRows({ key, groups }: GroupingMeasures): Row[] {
  return groups.flatMap(({ group, matrix: { classes, counts } }) =>
    classes.flatMap((truth, row) =>
      classes.map((predicted, column) => ({
        grouping: key,
        group,
        truth,
        predicted,
        images: counts[row][column],
      })),
    ),
  );
}

function fairnessRows({ key, fairness }: GroupingMeasures): Row[] {
  return fairness.flatMap(({ class: name, disparities }) =>
    disparities.map(({ criterion, groups, leftOut, difference, meanDifference, ratio, meanRatio }) => ({
      grouping: key,
      class: name,
      criterion,
      groups: groups.join('; '),
      ...measuredColumns('difference', difference),
      ...measuredColumns('mean_difference', meanDifference),
      ...measuredColumns('ratio', ratio),
      ...measuredColumns('mean_ratio', meanRatio),
      left_out: leftOut.map(({ group, reason }) => `${group} (${reason})`).join('; '),
    })),
  );
}

function measuredColumns(name: string, measured: Measured): Row {
  const interval = measured.value === null ? undefined : measured.interval;
  return { [name]: measured.value, [`${name}_low`]: interval?.low, [`${name}_high`]: interval?.high };
}

function featureRows({ key, mistakes, everywhere }: GroupingMeasures): Row[] {
  const of = { mistakes, all: everywhere };
  return Object.entries(of).flatMap(([images, biases]) =>
    (biases?.features ?? []).flatMap(({ feature, probability, bias, p, holm, benjaminiHochberg }) =>
      probability.map((rate, at) => ({
        grouping: key,
        images,
        feature,
        group: biases!.groups[at].group,
        ...rateColumns('probability', rate),
        ...measuredColumns('bias', bias),
        p,
        p_holm: holm,
        p_benjamini_hochberg: benjaminiHochberg,
        reason: rate.rate === null ? rate.reason : bias.value === null ? bias.reason : '',
      })),
    ),
  );
}

function scoreRows({ key, mistakes, everywhere }: GroupingMeasures): Row[] {
  const of = { mistakes, all: everywhere };
  return Object.entries(of).flatMap(([images, biases]) =>
    biases === null
      ? []
      : [
          {
            grouping: key,
            images,
            over: biases.over,
            ...measuredColumns('score', biases.score),
            by_chance: biases.chance?.mean,
            p: biases.chance?.p,
            reason: biases.score.value === null ? biases.score.reason : '',
          },
        ],
  );
}

function heatRows({ key, heat, regions }: GroupingMeasures): Row[] {
  return heat.flatMap(({ group, outcome, images, shares }) =>
    regions.map((region, at) => ({
      grouping: key,
      group,
      outcome,
      images,
      region,
      ...measuredColumns('share', shares[at]),
    })),
  );
}

function attentionRows({ key, attention, regions }: GroupingMeasures): Row[] {
  if (attention === null) return [];
  return [
    ...regions.flatMap((region, at) => [
      ...attention.groups.map((group, g) => ({
        ...{ grouping: key, region, group },
        ...measuredColumns('attention', attention.means[at][g]),
      })),
      {
        ...{ grouping: key, region, group: 'difference' },
        ...measuredColumns('attention', attention.differences[at]),
      },
    ]),
    { ...{ grouping: key, region: '', group: 'parity' }, ...measuredColumns('attention', attention.parity) },
  ];
}

function whatIfRows({ key, whatIf }: GroupingMeasures): Row[] {
  return whatIf.flatMap(({ region, group, images, accuracy, truePositiveRate, gap }) => [
    {
      ...{ grouping: key, region, group, images, rate: 'accuracy' },
      ...pairedColumns(accuracy),
      gap_before: gap?.before,
      gap_after: gap?.after,
    },
    ...Object.entries(truePositiveRate).map(([name, paired]) => ({
      ...{ grouping: key, region, group, images, rate: `tpr_${name}` },
      ...pairedColumns(paired),
      gap_before: undefined,
      gap_after: undefined,
    })),
  ]);
}

function pairedColumns(paired: PairedDifference | null): Row {
  return {
    of: paired?.trials,
    before: paired?.before,
    after: paired?.after,
    gained: paired?.gained,
    lost: paired?.lost,
    difference: paired?.difference,
    difference_low: paired?.interval.low,
    difference_high: paired?.interval.high,
    p_mcnemar: paired?.p,
  };
}

function rocRows({ key, curves }: GroupingMeasures): Row[] {
  return curves.flatMap(({ class: name, group, roc }) =>
    roc.falsePositiveRate.map((rate, at) => ({
      ...{ grouping: key, class: name, group },
      false_positive_rate: rate,
      true_positive_rate: roc.truePositiveRate[at],
    })),
  );
}

function precisionRecallRows({ key, curves }: GroupingMeasures): Row[] {
  return curves.flatMap(({ class: name, group, precisionRecall: { recall, precision } }) =>
    recall.map((value, at) => ({
      ...{ grouping: key, class: name, group },
      recall: value,
      precision: precision[at],
    })),
  );
}
