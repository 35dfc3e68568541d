import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { decodeImage } from '../../dataset/decode-image.js';
import type { PairMaps } from '../../explain/pair-explanation.js';
import { colourMap } from '../../image/colour-map/colour-map.js';
import { toGray, toRgb } from '../../image/gray.js';
import { loadOpenCv } from '../../image/opencv.js';
import { overlay } from '../../image/overlay.js';
import { resize } from '../../image/resize.js';
import type { RunRecord } from '../../jobs/run/run-record.js';
import type { ScoreCalibration } from '../../measure/verification/calibrate-scores.js';
import type { FigureBlock, Report } from '../../report/html/report.js';
import { reportImage } from '../../report/html/report-image.js';
import { neutralImage } from '../../report/neutral-image.js';
import { regionSharesPlot } from '../../report/plot/region-shares-plot.js';
import { decodeNpy } from '../../tensor/npy.js';
import { inWords, number, percent } from '../report/in-words.js';
import type { RunReport } from '../report/run-report.js';
import { mapKinds, mapScales, type PairFigureSettings } from './draw-pair.js';
import type { ExplainPairRecord } from './explain-pair.task.js';
import type { PairMethod } from './pair-method.js';
import { pairWordings } from './pair-wording.js';
import type { RegionEvidence } from './region-evidence.js';

type Section = Report['sections'][number];

/** Width of a picture, in pixels. */
const pictureSide = 448;

const sides = ['a', 'b'] as const;

/** The report of `explain METHOD` on a pair: both images with their maps, the decision, and the evidence by region. */
export async function pairReport(folder: string, { command, settings }: RunRecord): Promise<RunReport> {
  const result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as ExplainPairRecord;
  const method = command.replace('explain ', '') as PairMethod['name'];
  const { cosine, threshold, decision, matchProbability } = result;
  const names = { a: basename(result.a.file), b: basename(result.b.file) };
  return {
    title: `${names.a} and ${names.b}`,
    question:
      decision === null
        ? 'Which parts of the two faces make them alike to the model?'
        : `Why does the model ${decision === 'match' ? 'take the two faces for one person' : 'tell the two faces apart'}?`,
    keyResults: [
      decisionInWords(result),
      ...(matchProbability === null ? [] : [probabilityInWords(matchProbability, result.calibration!)]),
      ...sides.flatMap((side) => densestInWords(names[side], result.regions[side])),
    ],
    facts: [
      { name: 'model', value: result.model.name },
      { name: 'method', value: method },
      { name: 'cosine', value: fixed(cosine) },
      { name: 'threshold', value: threshold === null ? 'none' : String(threshold).replace('-', '−') },
      { name: 'decision', value: decision ?? 'none' },
      {
        name: 'probability of one person',
        value: matchProbability === null ? 'not known: no scores were given' : certain(matchProbability),
      },
      { name: 'passes', value: `${result.forwardPasses} forward, ${result.backwardPasses} backward` },
    ],
    sections: [
      ...(await imageSections(folder, names, settings as unknown as PairFigureSettings)),
      ...regionsSection(names, result.regions),
    ],
    howToRead: [
      pairWordings[method],
      'Both images are explained, each against the other. Maps of one kind have one colour scale for both images, so they can ' +
        'be compared; the captions give its ends.',
      ...(sides.some((side) => result.regions[side] !== null)
        ? [
            'A region’s share is what part of all evidence for (or against) a match in the image lies in it. Regions overlap and ' +
              'leave parts of the image out, so shares do not add up to 100 %. Evidence that were spread evenly would have the ' +
              'share of the area. A single pair has no interval: it says nothing about other pairs.',
            'Left and right are the subject’s.',
          ]
        : []),
    ],
  };
}

function decisionInWords({ cosine, threshold, decision, model }: ExplainPairRecord): string {
  if (decision === null || threshold === null) {
    return `The cosine of the two faces is ${fixed(cosine)} by ${model.name}; without a threshold there is no decision.`;
  }
  const distance = Math.abs(cosine - threshold);
  return (
    `${model.name} decides on a ${decision}: the cosine of the two faces is ${fixed(cosine)}, ` +
    `${number(distance)} ${decision === 'match' ? 'above' : 'below'} the threshold of ${String(threshold).replace('-', '−')}.`
  );
}

function probabilityInWords(probability: number, { genuine, impostor }: ScoreCalibration): string {
  return (
    `The probability that such a cosine comes from one person is ${certain(probability)}, both cases being equally likely ` +
    `before; it is learned from ${genuine} genuine and ${impostor} impostor scores.`
  );
}

/** Where what speaks for and against a match is densest: the largest share for the area. */
function densestInWords(name: string, regions: readonly RegionEvidence[] | null): string[] {
  const parts = (['positive', 'negative'] as const).flatMap((half) => {
    const densest = (regions ?? [])
      .flatMap(({ region, area, [half]: share }) =>
        share === null || area === 0 ? [] : [{ region, area, share, density: share / area }],
      )
      .sort((x, y) => y.density - x.density)
      .at(0);
    if (densest === undefined) return [];
    const { region, area, share } = densest;
    const kind = half === 'positive' ? 'for' : 'against';
    return [
      `${kind} a match in the ${inWords(region)} (${percent(share)} % of it on ${percent(area)} % of the area)`,
    ];
  });
  return parts.length === 0 ? [] : [`In ${name} the evidence is densest ${parts.join(', and ')}.`];
}

async function imageSections(
  folder: string,
  names: Readonly<Record<'a' | 'b', string>>,
  figure: PairFigureSettings,
): Promise<Section[]> {
  const [a, b] = await Promise.all(sides.map((side) => readMaps(folder, side)));
  const scale = mapScales([a, b]);
  const cv = await loadOpenCv();
  return Promise.all(
    sides.map(async (side, at): Promise<Section> => {
      const maps = [a, b][at];
      const size = { width: pictureSide, height: Math.round((pictureSide * maps.height) / maps.width) };
      const view = figure.photos
        ? (await decodeImage(join(folder, side, 'view.jpg'))).image
        : neutralImage(size.width, size.height);
      const enlarged = resize(cv, view, size.width, size.height, 'cubic');
      const photograph: FigureBlock[] = figure.photos
        ? [
            {
              image: await reportImage(enlarged, { showsPhotograph: true }),
              caption: 'what the model sees',
            },
          ]
        : [];
      const overlays = mapKinds.map(async ({ kind, colourMap: colours, label }): Promise<FigureBlock> => {
        const map = { data: maps[kind], shape: [maps.height, maps.width] };
        const drawn = overlay(cv, toRgb(toGray(enlarged)), map, {
          colourMap: colourMap(colours),
          scale: scale[kind],
          alpha: figure.alpha,
          interpolation: 'nearest',
        });
        const { minimum, maximum } = scale[kind];
        return {
          image: await reportImage(drawn, { showsPhotograph: figure.photos }),
          caption: `${label} (${colours}): ${number(minimum)} to ${number(maximum)}`,
        };
      });
      const figures = [...photograph, ...(await Promise.all(overlays))];
      return { title: `${names[side]} and its maps`, blocks: [{ kind: 'figures', figures }] };
    }),
  );
}

async function readMaps(folder: string, side: 'a' | 'b'): Promise<PairMaps> {
  const read = async (kind: string) => decodeNpy(await readFile(join(folder, side, `${kind}.npy`)));
  const [positive, negative, combined] = await Promise.all(mapKinds.map(({ kind }) => read(kind)));
  const [height, width] = positive.shape;
  const values = ({ data }: typeof positive) => Float32Array.from(data as ArrayLike<number>);
  return {
    width,
    height,
    positive: values(positive),
    negative: values(negative),
    combined: values(combined),
  };
}

function regionsSection(
  names: Readonly<Record<'a' | 'b', string>>,
  evidence: ExplainPairRecord['regions'],
): Section[] {
  const found = sides.filter((side) => evidence[side] !== null);
  if (found.length === 0) return [];
  const plots = found.map((side) => {
    const regions = [...evidence[side]!].sort((x, y) => (y.positive ?? 0) - (x.positive ?? 0));
    return {
      plot: regionSharesPlot({
        id: `evidence-${side}`,
        title: names[side],
        valueLabel: 'Share of the evidence',
        regions: regions.map(({ region }) => region),
        groups: [
          { label: 'for a match', half: 'positive' as const },
          { label: 'against a match', half: 'negative' as const },
        ].map(({ label, half }) => ({
          label,
          n: 1,
          shares: regions.map((region) => ({ share: region[half] ?? NaN })),
        })),
        areas: regions.map(({ area }) => area),
      }),
      caption: `${names[side]}: the share of its evidence that lies in each region, by the share for a match.`,
    };
  });
  const cell = (share: number | null | undefined) =>
    share === null || share === undefined ? '–' : percent(share);
  return [
    {
      title: 'Evidence by region of the face',
      blocks: [
        { kind: 'plots', plots },
        {
          kind: 'table',
          caption: 'Percent of the area, of the evidence for a match, and of the evidence against it.',
          columns: [
            { name: 'region' },
            ...found.flatMap((side) =>
              ['area', 'for', 'against'].map((what) => ({ name: `${names[side]}: ${what}`, numeric: true })),
            ),
          ],
          rows: evidence[found[0]]!.map(({ region }) => [
            inWords(region),
            ...found.flatMap((side) => {
              const own = evidence[side]!.find((each) => each.region === region);
              return [own?.area, own?.positive, own?.negative].map(cell);
            }),
          ]),
        },
      ],
    },
  ];
}

function fixed(cosine: number): string {
  return cosine.toFixed(4).replace('-', '−');
}

/** A probability that is never told to be certain. */
function certain(probability: number): string {
  return probability > 0.999 ? 'above 0.999' : probability < 0.001 ? 'below 0.001' : probability.toFixed(3);
}
