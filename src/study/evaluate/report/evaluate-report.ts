import type { RunRecord } from '../../../jobs/run/run-record.js';
import type { Block, Report, TableBlock } from '../../../report/html/report.js';
import { number, percent } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { EvaluationResults } from '../evaluate.js';
import type { EvaluateRequest, EvaluationTask } from '../evaluate-request.js';
import type { MeasureRow } from '../measure-row.js';
import type { ErrorDifference } from '../paired/compare-decisions.js';
import type { SystemEvaluation } from '../system-evaluation.js';
import { differenceInWords, differencesSection } from './differences-section.js';
import { errorPlots } from './error-plots.js';

const questions: Readonly<Record<EvaluationTask, string>> = {
  pad: 'How often does the detector let attacks pass, and how often does it turn bona fide faces away?',
  mad: 'How often does the detector let morphs pass, and how often does it turn bona fide photographs away?',
  verification: 'How often does the recogniser take two persons for one, and one person for two?',
  attribute: 'How often does the classifier err, and for whom?',
};

/** The report of `evaluate`: all systems side by side. */
export async function evaluateReport(folder: string, record: RunRecord): Promise<RunReport> {
  const results = record.results as unknown as EvaluationResults;
  const { groupBy } = record.settings as unknown as EvaluateRequest;
  const { task, systems } = results;
  // Runs of earlier versions have none.
  const differences = (results as Partial<EvaluationResults>).differences ?? [];
  const names = systems.map(({ name }) => name);
  const plots = await errorPlots(`evaluate-${folder.replaceAll(/\W+/g, '-')}`, folder, results);
  const keyOf = ({ of }: MeasureRow) =>
    groupBy.find((key) => of === key || of.startsWith(`${key} `) || of.startsWith(`${key},`));
  const parts = {
    errors: systems.map(({ rows }) => rows.filter((row) => keyOf(row) === undefined && !isFixed(row))),
    fixed: systems.map(({ rows }) => rows.filter((row) => keyOf(row) === undefined && isFixed(row))),
  };
  const fixedTable = sideBySide(
    'One error where the other is fixed. A row without a number says what the sample lacks.',
    names,
    parts.fixed,
  );
  return {
    title: `Evaluation of ${names.join(', ')}`,
    question: questions[task],
    keyResults: [
      ...systems.map((system) => keyResult(task, system)),
      ...systems.slice(1).flatMap(({ name }) => differenceResult(name, differences)),
    ],
    facts: systems.flatMap((system) => factsOf(system, systems.length > 1)),
    sections: [
      {
        title: systems.length > 1 ? 'Side by side' : 'Errors',
        blocks: [
          sideBySide('All measures, with their 95 % intervals and counts.', names, parts.errors),
          ...systems.flatMap(matrixBlock),
        ],
      },
      ...differencesSection(differences),
      ...(plots.length === 0
        ? []
        : [
            {
              title: 'Over all thresholds',
              blocks: [
                {
                  kind: 'plots',
                  plots: plots.map(({ plot, caption }) => ({ plot, caption })),
                } satisfies Block,
                fixedTable,
              ],
            },
          ]),
      ...groupBy.map((key) => groupSection(key, systems, (row) => keyOf(row) === key)),
    ],
    howToRead: howToRead(task),
  };
}

/** Whether the measure chooses its own threshold by fixing the other error. */
function isFixed({ measure }: MeasureRow): boolean {
  return /^[A-Z]{4,}\d+$|^T[PM]R at /.test(measure);
}

function keyResult(task: EvaluationTask, { name, rows, threshold }: SystemEvaluation): string {
  const row = (measure: string) => rows.find((own) => own.measure === measure && own.of === '');
  const say = (measure: string) => {
    const found = row(measure);
    return found === undefined ? [] : [`${measure} ${cellOf({ ...found, remark: null })}`];
  };
  const at =
    threshold === null
      ? ''
      : ` at the threshold ${number(threshold.value)} (${threshold.rule}${threshold.chosenOn === null ? '' : ', chosen on other scores'})`;
  const measures: Readonly<Record<EvaluationTask, readonly string[]>> = {
    pad: ['APCER of the worst species', 'BPCER', 'D-EER'],
    mad: ['MACER of the worst species', 'BSCER', 'D-EER'],
    verification: ['FMR', 'FNMR', 'EER'],
    attribute: ['accuracy'],
  };
  return `${name}${at}: ${measures[task].flatMap(say).join(', ')}.`;
}

/** One system against the first, in the error rates that are about all images of a kind. */
function differenceResult(system: string, differences: readonly ErrorDifference[]): string[] {
  const own = differences.filter((each) => each.system === system && each.of === '');
  if (own.length === 0) return [];
  const said = own.map((each) => `${each.measure} ${differenceInWords(each)}`);
  const what = own.some(isOfPairs) ? 'pairs' : 'images';
  return [`${system} less ${own[0].baseline}, on the same ${what}: ${said.join(', ')}.`];
}

const isOfPairs = ({ measure }: ErrorDifference): boolean => measure === 'FMR' || measure === 'FNMR';

function factsOf({ name, counts, persons, threshold }: SystemEvaluation, several: boolean): Report['facts'] {
  const named = (fact: string) => (several ? `${fact}, ${name}` : fact);
  const listed = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return [
    { name: named('scores'), value: listed.join(', ') },
    ...(persons === null ? [] : [{ name: named('persons'), value: String(persons) }]),
    ...(threshold === null
      ? []
      : [
          {
            name: named('threshold'),
            value: `${threshold.value.toPrecision(4).replace('-', '−')} (${threshold.rule})`,
          },
        ]),
  ];
}

/** One row a measure, one column a system: before and after, clean and attacked. */
function sideBySide(
  caption: string,
  names: readonly string[],
  systems: readonly (readonly MeasureRow[])[],
): TableBlock {
  const keys = new Map<string, { measure: string; of: string }>();
  for (const { measure, of } of systems.flat()) keys.set(`${measure}\0${of}`, { measure, of });
  const heads = [...keys.values()];
  const about = heads.some(({ of }) => of !== '');
  return {
    kind: 'table',
    caption,
    columns: [{ name: 'measure' }, ...(about ? [{ name: 'of' }] : []), ...names.map((name) => ({ name }))],
    rows: heads.map(({ measure, of }) => [
      measure,
      ...(about ? [of] : []),
      ...systems.map((rows) => cellAt(rows, measure, of)),
    ]),
  };
}

/** One row a group, one column a rate of a system. */
function groupRates(
  key: string,
  names: readonly string[],
  systems: readonly (readonly MeasureRow[])[],
): TableBlock {
  const groups = [...new Set(systems.flat().map(({ of }) => of))];
  const columns = names.flatMap((name, at) =>
    [...new Set(systems[at].map(({ measure }) => measure))].map((measure) => ({ name, at, measure })),
  );
  return {
    kind: 'table',
    caption: 'The rates of each group, with their 95 % intervals and counts.',
    columns: [
      { name: key.replaceAll('+', ', ') },
      ...columns.map(({ name, measure }) => ({ name: names.length > 1 ? `${measure}, ${name}` : measure })),
    ],
    rows: groups.map((group) => [
      group.slice(key.length + 1),
      ...columns.map(({ at, measure }) => cellAt(systems[at], measure, group)),
    ]),
  };
}

function cellAt(rows: readonly MeasureRow[], measure: string, of: string): string {
  const row = rows.find((own) => own.measure === measure && own.of === of);
  return row === undefined ? '–' : cellOf(row);
}

/** `27.5 % (18.1 to 38.6; 22 of 80)`, or why there is no number. */
function cellOf({ value, low, high, errors, trials, remark, share }: MeasureRow): string {
  if (value === null) return `none: ${remark}`;
  const text = (shown: number) => (share ? percent(shown) : number(shown));
  const interval = low === null || high === null ? [] : [`${text(low)} to ${text(high)}`];
  const counts = errors === null || trials === null ? [] : [`${errors} of ${trials}`];
  const beside = [...interval, ...counts].join('; ');
  const said = `${text(value)}${share ? ' %' : ''}${beside === '' ? '' : ` (${beside})`}`;
  return remark === null ? said : `${said}; ${remark}`;
}

function matrixBlock({ name, matrix }: SystemEvaluation): TableBlock[] {
  if (matrix === undefined) return [];
  const { classes, counts } = matrix;
  return [
    {
      kind: 'table',
      caption: `${name}: how many images of each class (rows) were taken for each (columns).`,
      columns: [{ name: 'is' }, ...classes.map((own) => ({ name: `taken for ${own}`, numeric: true }))],
      rows: classes.map((own, at) => [own, ...counts[at].map(String)]),
    },
  ];
}

function groupSection(
  key: string,
  systems: readonly SystemEvaluation[],
  isOfKey: (row: MeasureRow) => boolean,
): Report['sections'][number] {
  const names = systems.map(({ name }) => name);
  const ofKey = (whether: (row: MeasureRow) => boolean) =>
    systems.map(({ rows }) => rows.filter((row) => isOfKey(row) && whether(row)));
  const isOfGroup = ({ of }: MeasureRow) => of.startsWith(`${key} `);
  return {
    title: `Groups by ${key.replaceAll('+', ' and ')}`,
    blocks: [
      groupRates(key, names, ofKey(isOfGroup)),
      sideBySide(
        'How far the groups are from being alike. A group with too few images is named and left out.',
        names,
        ofKey((row) => !isOfGroup(row)),
      ),
    ],
  };
}

function howToRead(task: EvaluationTask): string[] {
  const common =
    'Intervals are 95 %. Those of rates are exact (Clopper-Pearson), which takes the images as independent; where ' +
    'persons are known and have several images, and for measures that are no plain rates, they come from resampling persons. ' +
    'Where the resamples show no spread, or many of them do not have the value, there is no interval. ' +
    'Two systems are compared image by image, so their difference is surer than their two intervals look; its interval is ' +
    "that of paired rates (Agresti and Min), with McNemar's exact test, or over persons.";
  switch (task) {
    case 'verification':
      return [
        'A pair is accepted where its score is at or above the threshold. FMR is the share of impostor pairs that are accepted, FNMR the share of genuine pairs that are rejected; the EER is where both are equal. TMR is 1 less FNMR.',
        common,
        'The FMR of a group is over impostor pairs within it. FDR is 1, IR and the ratios are 1 and GARBE is 0 where all groups are alike.',
      ];
    case 'attribute':
      return [
        'Recall is the share of the images of a class that are found, precision the share of the images taken for it that are of it.',
        common,
        'A largest difference between groups is never negative, and grows with the number of groups by chance alone.',
      ];
    default: {
      const [attack, bonaFide] = task === 'mad' ? ['MACER', 'BSCER'] : ['APCER', 'BPCER'];
      return [
        `An image is accepted as bona fide where its score is at or above the threshold. ${attack} is the share of attacks of a species that are accepted, ${bonaFide} the share of bona fide images that are rejected. ACER is the mean of ${bonaFide} and the worst ${attack}; it is not an ISO measure. The D-EER is where ${attack} of all attacks and ${bonaFide} are equal.`,
        `${bonaFide}10, 20 and 100 are ${bonaFide} where the ${attack} of every species is at most 10, 5 and 1 %. They need at least 30, 60 and 300 attacks of each (rule of three); with fewer they are refused.`,
        'Errors at a threshold that was chosen on the same scores are too good: give a development set.',
        common,
      ];
    }
  }
}
