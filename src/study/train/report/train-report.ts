import { splitNames } from '../../../dataset/people/split-people.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Rate } from '../../../measure/rate.js';
import type { Block, TableBlock } from '../../../report/html/report.js';
import { linePlot } from '../../../report/plot/line-plot.js';
import type { EpochRecord } from '../../../train/checkpoint.js';
import type { WatchedMeasure } from '../../../train/validation-measures.js';
import { number, percent, rateInWords } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { TrainSummary } from '../summary.js';
import type { TestMeasures, WithInterval } from '../test-measures.js';

/** The report of `train head` and `train finetune`. */
export function trainReport(_folder: string, record: RunRecord): Promise<RunReport> {
  const summary = record.results as unknown as TrainSummary;
  const model = record.settings.model as { name: string };
  const { best, history, measures } = summary;
  return Promise.resolve({
    title: `${record.command} on ${model.name}`,
    question: 'How well does the trained network do on people that it has never seen?',
    keyResults: keyResults(summary),
    facts: [
      { name: 'network', value: model.name },
      { name: 'trained', value: `${summary.trained}, ${summary.parameters.toLocaleString('en-GB')} numbers` },
      { name: 'epochs', value: `${history.length}, the best of which is ${best.epoch}` },
      { name: 'people', value: splitNames.map((split) => `${split} ${summary.people[split]}`).join(', ') },
    ],
    sections: [
      { title: 'How it learned', blocks: curves(summary, record.settings.stopOn as WatchedMeasure) },
      { title: 'What it learned from', blocks: [splitTable(summary)] },
      ...(measures.after === null ? [] : [{ title: 'On held-out people', blocks: testBlocks(summary) }]),
    ],
    howToRead: [
      'Nobody is in two splits. The network learns from the training split; the validation split says which epoch is kept; the test split was looked at once, at the end.',
      'APCER is the share of attacks of a kind that are taken for bona fide, BPCER the share of bona fide images that are taken for attacks, D-EER the rate where the two are equal (ISO/IEC 30107-3). Intervals of rates are exact and take images as independent; those of D-EER and AUC resample people, so that images of one person do not count as independent.',
      'The training loss is of images as they were shown, augmented and with the weights of that moment; the validation loss is of images as they are.',
    ],
  });
}

function keyResults({ measures, best }: TrainSummary): string[] {
  const { before, after } = measures;
  if (after === null) return [`The best epoch is ${best.epoch}.`];
  const was = before === null ? '' : `, where it was ${eer(before.equalErrorRate)} before`;
  return [
    `On ${after.people} people that the network has never seen the D-EER is ${eer(after.equalErrorRate)}${was}, with ${after.bonaFide} bona fide images and ${after.attacks} attacks.`,
  ];
}

/** Without errors to resample, the exact intervals of the two rates say what the sample can bear. */
function eer({ value, interval, apcer, bpcer }: TestMeasures['equalErrorRate']): string {
  return interval === null
    ? `${percent(value)} %: APCER ${rateText(apcer)}, BPCER ${rateText(bpcer)}`
    : `${percent(value)} % (${percent(interval.low)} to ${percent(interval.high)})`;
}

function curves({ history, best }: TrainSummary, stopOn: WatchedMeasure): Block[] {
  const line = (label: string, valueOf: (record: EpochRecord) => number | null) => ({
    label,
    points: history.map((record) => ({ x: record.epoch, y: valueOf(record) ?? NaN })),
  });
  const losses = [
    line('training', ({ trainingLoss }) => trainingLoss),
    line('validation', ({ validation }) => validation.loss ?? null),
  ];
  const largest = Math.max(...losses.flatMap(({ points }) => points.map(({ y }) => (y > 0 ? y : 0))));
  const shares = (['d-eer', 'auc', 'accuracy'] as const)
    .filter((name) => history.some(({ validation }) => (validation[name] ?? null) !== null))
    .map((name) => line(name, ({ validation }) => validation[name] ?? null));
  const kept = best.epoch === 0 ? 'No epoch was better than the start.' : `Epoch ${best.epoch} is kept.`;
  return [
    {
      kind: 'plots',
      plots: [
        {
          plot: linePlot({
            id: 'loss',
            title: 'Loss',
            xLabel: 'epoch',
            yLabel: 'loss',
            range: [0, largest],
            series: losses,
          }),
          caption: `The ${stopOn} of the validation split decides which epoch is kept. ${kept}`,
        },
        {
          plot: linePlot({
            id: 'measures',
            title: 'Measures of the validation split',
            xLabel: 'epoch',
            yLabel: 'share',
            series: shares,
          }),
          caption: 'Small validation splits make steps: one image is one step.',
        },
      ],
    },
  ];
}

function splitTable({ classes, people, examples }: TrainSummary): TableBlock {
  return {
    kind: 'table',
    caption: 'People and images of each split, clues and copies included',
    columns: [
      { name: 'split' },
      { name: 'people', numeric: true },
      ...classes.map((name) => ({ name, numeric: true })),
    ],
    rows: splitNames.map((split) => [
      split,
      String(people[split]),
      ...classes.map((name) => String(examples[split][name])),
    ]),
  };
}

function testBlocks({ measures: { before, after } }: TrainSummary): Block[] {
  const models: [string, TestMeasures][] = [
    ...(before === null ? [] : [['before', before] as [string, TestMeasures]]),
    [before === null ? 'trained' : 'after', after!],
  ];
  const overall: TableBlock = {
    kind: 'table',
    caption: `D-EER and AUC with 95 % intervals; ${after!.bonaFide} bona fide images, ${after!.attacks} attacks, ${after!.people} people`,
    columns: [{ name: 'network' }, { name: 'D-EER', numeric: true }, { name: 'AUC', numeric: true }],
    rows: models.map(([name, measured]) => [name, eer(measured.equalErrorRate), auc(measured.rocArea)]),
  };
  const species = after!.points[0].errors.species.map(({ name }) => name);
  const points = after!.points.map(({ name: where }, at): TableBlock => ({
    kind: 'table',
    caption: `Errors at the threshold of: ${where}`,
    columns: [
      { name: 'network' },
      { name: 'threshold', numeric: true },
      { name: 'BPCER', numeric: true },
      ...species.map((name) => ({ name: `APCER ${name}`, numeric: true })),
    ],
    rows: models.map(([name, { points: own }]) => {
      const { errors } = own[at];
      return [
        name,
        number(errors.threshold),
        rateText(errors.bpcer),
        ...errors.species.map(({ apcer }) => rateText(apcer)),
      ];
    }),
  }));
  return [overall, ...points];
}

function auc({ value, interval }: WithInterval): string {
  return interval === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`;
}

function rateText({ rate, errors, trials, interval: { low, high } }: Rate): string {
  return rateInWords({ rate, errors, trials, low, high });
}
