import type { Block, Fact, FigureBlock, Report } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import { renderMapTable } from '../../../report/figure/render-map-table.js';
import { inWords, number, percent } from '../../report/in-words.js';
import type { RunReport } from '../../report/run-report.js';
import type { StudyPlot } from '../../verification/plot/study-plot.js';
import type { AggregateSummary } from '../aggregate/aggregate.js';
import type { ShareRow } from '../aggregate/shares-table.js';
import type { TestRow } from '../aggregate/tests-table.js';
import type { MapDistanceName } from '../../../measure/agreement/map-distances.js';
import type { DistanceRow } from '../compare/compare-tables.js';
import type { Comparison } from '../compare/comparisons.js';
import { drawStudy, type HeatFigure, type StudyDrawings } from '../plot/draw-study.js';
import { measureWords } from '../plot/comparison-plots.js';
import type { DoneSimilarityStep } from './done-steps.js';
import { differencesInWords, likenessInWords, regionInWords } from './findings.js';

type Section = Report['sections'][number];

/** The report of a similarity study whose means are made. */
export async function similarityReport(
  study: string,
  steps: readonly DoneSimilarityStep[],
): Promise<RunReport> {
  const drawings = await drawStudy(study);
  const { summary, shares, tests, compared } = drawings;
  const { modelNames, groups, persons } = summary;
  const settings = steps[0].record.settings;
  const several = modelNames.length > 1;
  const keyResults = [
    ...modelNames.map((model) => regionInWords(model, shares)),
    compared === undefined ? undefined : likenessInWords(compared.summary, compared.distances),
    ...Object.keys(groups).map((key) => differencesInWords(key, tests)),
  ].filter((line) => line !== undefined);
  return {
    title: `Where ${listed(modelNames)} look${several ? '' : 's'} in a face`,
    question: `Which parts of the face ${several ? 'do the models' : 'does the model'} use to recognise a person, and how alike is that across models and people?`,
    keyResults,
    facts: facts(summary, settings, persons),
    sections: [
      await heatMapSection(drawings),
      shareSection(drawings),
      ...(tests.length === 0 ? [] : [testSection(tests, Object.keys(groups))]),
      ...(compared === undefined ? [] : [comparisonSection(compared)]),
      ...(await peopleSection(drawings)),
      dataSection(summary),
    ],
    howToRead: howToRead(summary),
  };
}

function listed(names: readonly string[]): string {
  return names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function facts(
  summary: AggregateSummary,
  settings: Readonly<Record<string, unknown>>,
  persons: number,
): Fact[] {
  const { images, withoutLandmarks, models } = summary;
  const fit = models.map(({ model, r2 }) => `${model} ${r2 === null ? 'none' : r2.toFixed(2)}`);
  return [
    { name: models.length === 1 ? 'model' : 'models', value: models.map(({ model }) => model).join(', ') },
    { name: 'people', value: String(persons) },
    { name: 'images', value: `${images}, ${withoutLandmarks} of them without landmarks` },
    { name: 'samples an image', value: String(settings.samples) },
    { name: 'seed', value: String(settings.seed) },
    { name: 'mean R² of LIME', value: fit.join(', ') },
  ];
}

async function figureBlock({ figure, caption }: HeatFigure, photographs: boolean): Promise<FigureBlock> {
  const png = await renderMapTable(figure);
  const image = await reportImage(png, { showsPhotograph: photographs, maximumWidth: 1600 });
  return { image, caption, wide: true };
}

async function heatMapSection({ heatMaps, summary }: StudyDrawings): Promise<Section> {
  const blocks: Block[] = [];
  for (const each of heatMaps) {
    blocks.push({ kind: 'figures', figures: [await figureBlock(each, summary.photographs)] });
  }
  return { title: 'Where the models look', blocks };
}

function plotsBlock(plots: readonly StudyPlot[]): Block {
  return { kind: 'plots', plots: plots.map(({ plot, caption }) => ({ plot, caption })) };
}

function shareSection({ sharePlots, shares }: StudyDrawings): Section {
  const rows = shares.filter(({ modelKey, groupKey }) => modelKey === 'model' && groupKey === '');
  return {
    title: 'Regions of the face',
    blocks: [plotsBlock(sharePlots), sharesBlock(rows)],
  };
}

function sharesBlock(rows: readonly ShareRow[]): Block {
  const models = [...new Set(rows.map(({ model }) => model))];
  const regions = [...new Set(rows.map(({ region }) => region))];
  return {
    kind: 'table',
    caption:
      'Share of the positive evidence in each region, over everybody, with its 95 % interval; in brackets how many times ' +
      'the share of the area that is, 1.0 being an even spread.',
    columns: [
      { name: 'region' },
      { name: 'area', numeric: true },
      ...models.map((name) => ({ name, numeric: true })),
    ],
    rows: regions.map((region) => {
      const own = rows.filter((row) => row.region === region);
      const area = own.reduce((sum, row) => sum + row.area, 0) / own.length;
      return [
        inWords(region),
        `${percent(area)} %`,
        ...models.map((model) => {
          const row = own.find((each) => each.model === model);
          if (row === undefined || Number.isNaN(row.share)) return 'none';
          const interval =
            row.low === null || row.high === null ? '' : `, ${percent(row.low)} to ${percent(row.high)}`;
          return `${percent(row.share)} %${interval} (${(row.share / row.area).toFixed(1)})`;
        }),
      ];
    }),
  };
}

const shownTests = 10;

function testSection(tests: readonly TestRow[], keys: readonly string[]): Section {
  return {
    title: 'Differences between groups',
    blocks: keys.map((key): Block => {
      const own = tests.filter(({ groupKey, p }) => groupKey === key && !Number.isNaN(p));
      const first = own.toSorted((a, b) => a.p - b.p).slice(0, shownTests);
      return {
        kind: 'table',
        caption:
          `By ${inWords(key)}: the ${first.length} clearest of ${own.length} comparisons; all of them are in tests.csv. ` +
          'The difference is in percentage points of the evidence; p comes from permutations of people, and is corrected for ' +
          'all these comparisons after Holm, and after Benjamini and Hochberg.',
        columns: [
          { name: 'model' },
          { name: 'region' },
          { name: 'groups' },
          { name: 'people', numeric: true },
          { name: 'difference', numeric: true },
          { name: 'p', numeric: true },
          { name: 'p (Holm)', numeric: true },
          { name: 'p (BH)', numeric: true },
        ],
        rows: first.map((row) => [
          row.model,
          inWords(row.region),
          row.difference === null ? 'all' : row.groups.map(inWords).join(' − '),
          row.persons.join(', '),
          row.difference === null ? '–' : percent(row.difference),
          number(row.p),
          number(row.holm),
          number(row.benjaminiHochberg),
        ]),
      };
    }),
  };
}

function comparisonSection({
  summary,
  plots,
  distances,
  overlaps,
}: NonNullable<StudyDrawings['compared']>): Section {
  const models = overlaps.filter(({ comparison }) => comparison === 'model');
  const table: Block = {
    kind: 'table',
    caption: `Every two models by all measures. IoU and F1 are those of the hottest ${percent(summary.hottest)} % of the canonical face.`,
    columns: [
      { name: 'models' },
      ...summary.measures.map((measure) => ({ name: measureWords(measure), numeric: true })),
      { name: 'IoU', numeric: true },
      { name: 'F1', numeric: true },
    ],
    rows: models.map(({ first, second, iou, f1 }) => [
      `${first}, ${second}`,
      ...summary.measures.map((measure) => {
        const row = distances.find(
          (each) =>
            each.comparison === 'model' &&
            each.measure === measure &&
            each.first === first &&
            each.second === second,
        );
        return row === undefined || Number.isNaN(row.distance) ? '–' : number(row.distance);
      }),
      number(iou),
      number(f1),
    ]),
  };
  return {
    title: 'How alike the maps are',
    blocks: [
      ...plots.map(({ comparison, plots: own }) =>
        own.length > 0 ? plotsBlock(own) : twoBlock(comparison, summary.measures[0], distances),
      ),
      ...(models.length === 0 ? [] : [table]),
    ],
  };
}

/** Two maps have one distance. */
function twoBlock(
  { name, title, items }: Comparison,
  measure: MapDistanceName,
  distances: readonly DistanceRow[],
): Block {
  const row = distances.find((each) => each.comparison === name && each.measure === measure);
  const [first, second] = items.map(({ label, persons }) => `${inWords(label)} (${persons} people)`);
  const distance = row === undefined || Number.isNaN(row.distance) ? 'no distance' : number(row.distance);
  return {
    kind: 'text',
    paragraphs: [`${title}: ${first} and ${second} have the ${measureWords(measure)} ${distance}.`],
  };
}

async function peopleSection({ typical, summary, people }: StudyDrawings): Promise<Section[]> {
  if (typical === undefined) return [];
  const known = people
    .filter(({ typicality }) => !Number.isNaN(typicality))
    .toSorted((a, b) => a.typicality - b.typicality);
  return [
    {
      title: 'The most and the least typical people',
      blocks: [
        { kind: 'figures', figures: [await figureBlock(typical, summary.photographs)] },
        {
          kind: 'text',
          paragraphs: [
            `The correlation of a person’s mean map with that of all others goes from ${number(known[0].typicality)} ` +
              `(${known[0].identity}) to ${number(known[known.length - 1].typicality)} (${known[known.length - 1].identity}), ` +
              `with a median of ${number(known[Math.floor(known.length / 2)].typicality)}. people.csv has everybody, by each ` +
              'model and within each group. Chance averages out over the images of a person: who has more of them seems more typical.',
          ],
        },
      ],
    },
  ];
}

function dataSection({ notes, models, images, withoutLandmarks }: AggregateSummary): Section {
  return {
    title: 'People and fits',
    blocks: [
      {
        kind: 'table',
        caption: 'How well LIME’s linear model describes each network.',
        columns: [
          { name: 'model' },
          { name: 'images', numeric: true },
          { name: 'mean R²', numeric: true },
          { name: 'lowest R²', numeric: true },
          { name: 'forward passes', numeric: true },
          { name: 'not settled', numeric: true },
        ],
        rows: models.map(({ model, images: own, r2, lowestR2, samples, notSettled }) => [
          model,
          String(own),
          r2 === null ? 'none' : r2.toFixed(3),
          lowestR2 === null ? 'none' : lowestR2.toFixed(3),
          String(samples),
          notSettled === null ? '–' : String(notSettled),
        ]),
      },
      {
        kind: 'text',
        paragraphs: [
          withoutLandmarks === 0
            ? `All ${images} images are on the canonical face.`
            : `${withoutLandmarks} of ${images} images have no landmarks: their own maps are there, but they are in no mean.`,
          ...notes.map((note) => `${note}.`),
        ],
      },
    ],
  };
}

function howToRead({ photographs }: AggregateSummary): string[] {
  return [
    'Each photograph is cut into segments, random sets of them are hidden, and a linear model (LIME) tells how much each ' +
      'segment holds the embedding in place: how far the cosine to the embedding of the whole image falls when it is hidden. ' +
      'This shows what the model reads in a face, not whether it recognises the person.',
    'Maps are laid on a common face by 68 landmarks and averaged over the images of a person, then over models, then over ' +
      'people, so whoever has many photographs weighs no more than others.',
    'Intervals are 95 %, from resampling people. They tell how sure the mean is for people like these; with fewer than some ' +
      '20 people they are too narrow.',
    'Groups may differ in age, pose, light or camera as well; a difference between groups is not by itself caused by what ' +
      'names them.',
    'Mean maps of the same people share what is peculiar to these people. Whether two models differ by more than chance is seen ' +
      'across two halves of the people: a model’s distance from itself there is chance, and another model should be further away.',
    ...(photographs ? ['What lies under the maps is the mean photograph of the people of each column.'] : []),
  ];
}
