import type { Disparity } from '../../../measure/fairness/classification-fairness.js';
import type { PairedDifference } from '../../../measure/paired-difference.js';
import type { Block, Fact, FigureBlock, Report } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import { renderMapTable } from '../../../report/figure/render-map-table.js';
import { images as countOf, inWords, number, percent, pInWords } from '../../report/in-words.js';
import { keyInWords } from '../labels/key-in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { GroupingMeasures } from '../measure/grouping-measures.js';
import type { BiasMeasures } from '../measure/measure.js';
import { studiedImages } from '../measure/studied-images.js';
import { drawStudy, type GroupingDrawings, type StudyDrawings } from '../plot/draw-study.js';
import { stepFolder } from '../step-folder.js';
import {
  accuracyInWords,
  featuresInWords,
  groupsInWords,
  measuredInWords,
  shareInWords,
  supported,
  whatIfInWords,
} from './findings.js';
import { mistakeItems, surestMistakes } from './gallery.js';
import { howToRead, plainCriteria } from './plain-words.js';

type Section = Report['sections'][number];

/** The report of a bias study that was measured. */
export async function biasReport(study: string): Promise<RunReport> {
  const drawings = await drawStudy(study);
  const { summary, measures, run } = drawings;
  const { decision, byGrouping } = measures;
  const model = (run.settings.model as { readonly name: string }).name;
  const what = decision.yes === null ? decision.attribute : decision.yes.class;
  const keyResults = [
    accuracyInWords(model, summary),
    ...byGrouping.map(groupsInWords),
    ...featuresInWords(byGrouping),
    whatIfInWords(measures),
  ].filter((line) => line !== undefined);
  return {
    title: `For whom ${model} is wrong about ${what}`,
    question:
      `How often is ${model} wrong about ${what} for each group of people, where does it look when it is, and do its ` +
      'mistakes lean on the same features of the face for everybody?',
    keyResults,
    facts: facts(drawings),
    sections: [
      ratesSection(drawings),
      ...fairnessSection(measures),
      ...(await mapSection(drawings)),
      ...featureSection(drawings),
      ...whatIfSection(drawings),
      ...curveSection(drawings),
      ...(await gallerySection(study, measures)),
      dataSection(drawings),
    ],
    howToRead: howToRead(measures),
  };
}

function facts({ run, summary, measures }: StudyDrawings): Fact[] {
  const { settings } = run;
  const model = settings.model as { readonly name: string };
  const method = settings.method as { readonly name: string };
  return [
    { name: 'model', value: model.name },
    { name: 'images', value: `${summary.images}, ${summary.wrong} of them mistakes` },
    { name: 'classes', value: measures.decision.classes.join(', ') },
    { name: 'groups', value: measures.groupings.map(({ key }) => keyInWords(key)).join(', ') || 'none' },
    { name: 'map', value: `${method.name} of the ${String(settings.explain)} class` },
    { name: 'seed', value: String(measures.settings.seed) },
  ];
}

function plotsBlock(plots: readonly StudyPlot[]): Block {
  return { kind: 'plots', plots: plots.map(({ plot, caption }) => ({ plot, caption })) };
}

function heading(key: string): string {
  return key === '' ? 'All images' : `By ${keyInWords(key)}`;
}

/** Whether the groups are the classes themselves, or parts of them. */
function areClasses(groups: GroupingMeasures['groups']): boolean {
  return (
    groups.length > 1 &&
    groups.every(({ matrix }) => matrix.counts.filter((row) => row.some((count) => count > 0)).length === 1)
  );
}

function ratesSection({ measures, all, byGrouping }: StudyDrawings): Section {
  const { decision } = measures;
  const plots = [all, ...byGrouping].flatMap(({ mistakes }) => mistakes);
  return {
    title: 'For whom it is wrong',
    blocks: [
      ...(plots.length === 0 ? [] : [plotsBlock(plots)]),
      ...[measures.all, ...measures.byGrouping].map((grouping) => ratesTable(grouping, decision.classes)),
    ],
  };
}

function ratesTable({ key, groups, withoutGroup }: GroupingMeasures, all: readonly string[]): Block {
  const pure = areClasses(groups);
  const classes = pure ? [] : all;
  const left = withoutGroup === 0 ? '' : ` ${countOf(withoutGroup)} of no known group are left out.`;
  return {
    kind: 'table',
    caption: `${heading(key)}: the share of right decisions${pure ? '' : ', and of each class the share that is found'}, with 95 % intervals and counts.${left}`,
    columns: [
      { name: key === '' ? 'images' : keyInWords(key) },
      { name: 'right', numeric: true },
      ...classes.map((name) => ({ name: `${name} found`, numeric: true })),
    ],
    rows: groups.map(({ group, accuracy, rates }) => [
      inWords(group),
      supported(accuracy),
      ...classes.map((name) => {
        const rate = rates[name].truePositiveRate;
        return rate.trials === 0 ? 'none there' : supported(rate);
      }),
    ]),
  };
}

function fairnessSection({ byGrouping, decision, upstream }: BiasMeasures): Section[] {
  const compared = byGrouping.filter(({ fairness }) => fairness.length > 0);
  if (compared.length === 0) return [];
  // Of two classes, what is said of one follows for the other but for the share that is taken for it.
  const name = decision.yes?.class ?? decision.classes[0];
  return [
    {
      title: 'Is it equally right for all groups?',
      blocks: [
        {
          kind: 'text',
          paragraphs: [
            'Each line is one idea of fairness: some rate must be the same in all groups. The difference is the largest between ' +
              'any two groups (0: met), the ratio the smallest (1: met). Differences cannot be negative and grow with the number ' +
              'of groups by chance alone. The ideas contradict each other where groups differ in how common the class is, so no ' +
              'model meets all of them.',
          ],
        },
        ...compared.map((grouping) =>
          fairnessTable(grouping, name, grouping.fairness.find((each) => each.class === name)!.disparities),
        ),
        ...(upstream === null
          ? []
          : [
              {
                kind: 'text' as const,
                paragraphs: [
                  `As the published notebook computes it: equalized odds ${upstream.equalizedOdds.toFixed(4)}, overall bias ` +
                    `score ${upstream.overall.toFixed(3)} over ${upstream.features.length} regions, without regard to the number of mistakes.`,
                ],
              },
            ]),
      ],
    },
  ];
}

function fairnessTable({ key, groups }: GroupingMeasures, name: string, all: readonly Disparity[]): Block {
  const pure = areClasses(groups);
  const disparities = pure ? all.filter(({ criterion }) => criterion === 'accuracyParity') : all;
  const about = pure
    ? 'each group is of one class, so only the share of right decisions can be compared (the equalized odds of BiasX)'
    : `for “${name}” against all else`;
  return {
    kind: 'table',
    caption: `${heading(key)}, ${about}; 95 % bootstrap intervals.`,
    columns: [
      { name: 'criterion' },
      { name: 'what must be equal' },
      { name: 'difference', numeric: true },
      { name: 'ratio', numeric: true },
      { name: 'groups compared', numeric: true },
    ],
    rows: disparities.map(({ criterion, difference, ratio, groups, leftOut }) => [
      plainCriteria[criterion].name,
      plainCriteria[criterion].equal(name),
      difference.value === null ? 'cannot be compared' : shareInWords(difference),
      ratio.value === null ? '–' : measuredInWords(ratio),
      `${groups.length} of ${groups.length + leftOut.length}`,
    ]),
  };
}

async function mapSection({ all, byGrouping }: StudyDrawings): Promise<Section[]> {
  const blocks: Block[] = [];
  for (const drawn of [all, ...byGrouping]) {
    for (const { figure, caption } of drawn.heatMaps) {
      const image = await reportImage(await renderMapTable(figure), {
        showsPhotograph: false,
        maximumWidth: 1600,
      });
      const block: FigureBlock = { image, caption, wide: true };
      blocks.push({ kind: 'figures', figures: [block] });
    }
  }
  const heat = all.features;
  if (heat.length > 0) blocks.push(plotsBlock(heat));
  return blocks.length === 0 ? [] : [{ title: 'Where the model looks, right and wrong', blocks }];
}

function featureSection({ measures, byGrouping }: StudyDrawings): Section[] {
  const blocks = measures.byGrouping.flatMap((grouping, at) => featureBlocks(grouping, byGrouping[at]));
  if (blocks.length === 0) return [];
  return [{ title: 'What its mistakes lean on', blocks }];
}

function featureBlocks(
  { key, groups: all, mistakes, everywhere, attention }: GroupingMeasures,
  drawn: GroupingDrawings,
): Block[] {
  if (mistakes === null) return [];
  const { score, chance, over, groups, features } = mistakes;
  const counts = groups.map(({ group, images }) => `${inWords(group)} ${images}`).join(', ');
  const paragraphs = [
    `${heading(key)}. Mistakes with a map: ${counts}.` +
      (groups.length < all.length ? ` The other ${all.length - groups.length} groups have too few.` : ''),
    score.value === null
      ? `There is no bias score: ${score.reason}. A share of so few mistakes would be noise.`
      : `Bias score ${measuredInWords(score)}, over ${over === 'all' ? 'all regions' : 'the regions that are active in a mistake'}. ` +
        (chance === undefined
          ? ''
          : `If the groups did not differ, chance alone would give ${number(chance.mean)} (p ${pInWords(chance.p)}).`),
    ...(typeof everywhere?.score.value !== 'number'
      ? []
      : [`Over all images, right or wrong, the same score is ${measuredInWords(everywhere.score)}.`]),
    ...(typeof attention?.parity.value !== 'number'
      ? []
      : [
          `Attention differs between groups by ${measuredInWords(attention.parity)} on average over the regions (0: the model looks at all groups alike).`,
        ]),
  ];
  const table: Block = {
    kind: 'table',
    caption:
      `${heading(key)}: the share of the mistakes about each group in which the region is active, the largest difference ` +
      'between groups, and the permutation test that there is none, corrected for the number of regions (Holm).',
    columns: [
      { name: 'region' },
      ...groups.map(({ group }) => ({ name: inWords(group), numeric: true })),
      { name: 'bias', numeric: true },
      { name: 'p', numeric: true },
      { name: 'p (Holm)', numeric: true },
    ],
    rows: features.map(({ feature, probability, bias, p, holm }) => [
      inWords(feature),
      ...probability.map((rate) =>
        rate.rate === null
          ? `too few (${rate.errors} of ${rate.trials})`
          : `${percent(rate.rate)} % (${rate.errors} of ${rate.trials})`,
      ),
      measuredInWords(bias),
      pInWords(p),
      pInWords(holm),
    ]),
  };
  return [
    { kind: 'text', paragraphs },
    ...(drawn.features.length === 0 ? [] : [plotsBlock(drawn.features)]),
    // Where no group has enough mistakes there is nothing to print.
    ...(features.some(({ probability }) => probability.some(({ rate }) => rate !== null)) ? [table] : []),
  ];
}

function whatIfSection({ measures, all, byGrouping }: StudyDrawings): Section[] {
  const groupings = [measures.all, ...measures.byGrouping].filter(({ whatIf }) => whatIf.length > 0);
  if (groupings.length === 0) return [];
  const plots = [all, ...byGrouping].flatMap(({ whatIf }) => whatIf);
  return [
    {
      title: 'What if a feature is hidden?',
      blocks: [
        {
          kind: 'text',
          paragraphs: [
            'A map claims that the model leans on a feature. Here the feature is covered in the pictures of one group at a time ' +
              'and the model asked again: if the claim holds, the decisions change. Every image is compared with itself.',
          ],
        },
        ...(plots.length === 0 ? [] : [plotsBlock(plots)]),
        ...groupings.map(whatIfTable),
      ],
    },
  ];
}

function whatIfTable({ key, whatIf }: GroupingMeasures): Block {
  return {
    kind: 'table',
    caption:
      `${heading(key)}: right decisions as it is and with the region hidden in this group alone; images that became right and ` +
      'that became wrong; McNemar’s exact test, not corrected. The gap is the largest difference of the accuracy between two groups.',
    columns: [
      { name: key === '' ? 'hidden' : `hidden, of ${keyInWords(key)}` },
      { name: 'n', numeric: true },
      { name: 'right', numeric: true },
      { name: 'right, hidden', numeric: true },
      { name: 'change in points', numeric: true },
      { name: 'became right / wrong', numeric: true },
      { name: 'p', numeric: true },
      { name: 'gap', numeric: true },
    ],
    rows: whatIf.map(({ region, group, images, accuracy, gap }) => [
      key === '' ? inWords(region) : `${inWords(region)}, ${inWords(group)}`,
      String(images),
      ...pairedCells(accuracy),
      gap === null ? '–' : `${percent(gap.before)} → ${percent(gap.after)} %`,
    ]),
  };
}

function pairedCells(paired: PairedDifference | null): string[] {
  if (paired === null) return ['too few', '–', '–', '–', '–'];
  const { before, after, trials, difference, interval, gained, lost, p } = paired;
  return [
    `${percent(before / trials)} %`,
    `${percent(after / trials)} %`,
    `${percent(difference)} (${percent(interval.low)} to ${percent(interval.high)})`,
    `${gained} / ${lost}`,
    pInWords(p),
  ];
}

function curveSection({ all, byGrouping }: StudyDrawings): Section[] {
  const plots = [all, ...byGrouping].flatMap(({ curves }) => curves);
  if (plots.length === 0) return [];
  return [{ title: 'At other thresholds', blocks: [plotsBlock(plots)] }];
}

async function gallerySection(study: string, { decision }: BiasMeasures): Promise<Section[]> {
  const folder = stepFolder(study, 'run');
  const images = await studiedImages(folder);
  const blocks: Block[] = [];
  for (const name of decision.classes) {
    const mistakes = surestMistakes(images, name, decision);
    if (mistakes.length === 0) continue;
    const all = images.filter(({ truth, predicted }) => truth === name && predicted !== name).length;
    blocks.push(
      {
        kind: 'text',
        paragraphs: [
          `“${name}” taken for something else: the ${mistakes.length} surest of ${all} mistakes. Blue boxes are active parts of the map that ` +
            'belong to a region of the face (thin boxes), dashed ones belong to none. Wrong labels come out here first.',
        ],
      },
      { kind: 'gallery', items: await mistakeItems(folder, mistakes, decision) },
    );
  }
  return blocks.length === 0 ? [] : [{ title: 'The surest mistakes', blocks }];
}

function dataSection({ summary, run }: StudyDrawings): Section {
  const { shortfalls, classes, images } = summary;
  const lost = run.skipped.length + run.failed.length;
  const lacks = {
    'no face': 'no face was found: in the rates, but without regions and not on the common face',
    'no mesh': 'the mesh did not find the face: in the rates, but without regions',
    'constant map': 'the map is constant: no part of it is active, and it is in no mean map',
  } as const;
  return {
    title: 'What was measured',
    blocks: [
      {
        kind: 'table',
        caption: 'Images, and what some of them lack.',
        columns: [{ name: 'images' }, { name: 'n', numeric: true }],
        rows: [
          ['in the rates', String(images)],
          ...Object.entries(classes).map(([name, count]) => [`of them ${name}`, String(count)]),
          ...Object.entries(shortfalls).map(([name, count]) => [
            lacks[name as keyof typeof lacks],
            String(count),
          ]),
          ['not processed: unlabelled, of no class of the model, or unreadable', String(lost)],
        ],
      },
      {
        kind: 'text',
        paragraphs: [`Labels: ${String(run.settings.labels)}.`],
      },
    ],
  };
}
