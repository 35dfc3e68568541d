import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { StudyOutcome } from '../study.js';
import type { RunFolder } from '../../jobs/run/run-folder.js';
import { meanInterval } from '../../measure/mean-interval.js';
import { rankRegions } from '../../measure/rank-regions.js';
import type { FigureSettings } from '../explain/explanation-figure.js';
import { regionsTable } from '../explain/regions-table.js';
import { averageOcclusions, type ClassAverages, type ScoredImage } from '../occlusion/occlusion-averages.js';
import { displayOf, type DisplayRequest } from './display.js';
import { drawAverages } from './draw-averages.js';
import { finishedImages } from './finished-images.js';
import type { HeatmapPlan } from './plan-heatmaps.js';

export interface ConcludeRequest {
  readonly plan: HeatmapPlan;
  readonly display: DisplayRequest;
  readonly figure: FigureSettings;
  readonly average: boolean;
  readonly seed: number;
}

/** The numbers of one image, which is all that is kept of it. */
interface Numbers {
  readonly class: string | undefined;
  readonly regular: number;
  readonly cells: ReadonlyMap<string, number>;
  readonly regions: ReadonlyMap<string, number>;
}

/**
 * Adds up the images of a run: `overlays_index.json`, the rankings `regions.csv` and `cells.csv`, the averages
 * `average.json` and `average.csv` with their figures, and all of it in `run.json`.
 */
export async function conclude(
  run: RunFolder,
  complete: boolean,
  request: ConcludeRequest,
): Promise<Pick<StudyOutcome, 'json' | 'lookAt'>> {
  const { folder, record } = run;
  const outcome = { json: () => Promise.resolve(record), lookAt: folder };
  // A run that was stopped goes on later; its averages would be of some of the images.
  if (!complete) return outcome;
  const { plan } = request;
  const images = await finishedImages(folder);
  const numbers: Numbers[] = [];
  const notes: { item: string; note: string }[] = [];
  const footprints = { recorded: 0, computed: 0 };
  for (const { name, result } of images()) {
    numbers.push({
      class: result.class ?? undefined,
      regular: result.regular,
      cells: new Map(result.cells.map((cell) => [cell.name, cell.score])),
      regions: new Map(result.regions.map((region) => [region.name, region.score])),
    });
    notes.push(...result.notes.map((note) => ({ item: name, note })));
    const sources = Object.values(result.footprints);
    footprints[sources.includes('computed') ? 'computed' : 'recorded']++;
  }
  for (const { item, note } of notes) run.log({ type: 'note', level: 'info', message: `${item}: ${note}` });

  await writeIndex(run, plan, images);
  const averages = averageOcclusions(
    (function* (): Generator<ScoredImage> {
      for (const { class: label, regular, cells, regions } of numbers) {
        yield {
          ...(label === undefined ? {} : { label }),
          regular,
          occluded: new Map([...cells, ...regions]),
        };
      }
    })(),
  );
  const [all, ...classes] = averages;
  // A single class is all images together, unless some images have none.
  classes.sort((a, b) => (a.label! < b.label! ? -1 : 1));
  const shown = classes.length === 1 && classes[0].n === all.n ? [all] : [all, ...classes];
  const groups = shown.map(({ label, n }) => summarise(label, n, numbers, request.seed));
  await writeFileAtomic(join(folder, 'regions.csv'), regionsTable(groups));
  await writeFileAtomic(
    join(folder, 'cells.csv'),
    regionsTable(groups.map(({ group, cells }) => ({ group, regions: cells }))),
  );

  const drawn = request.average
    ? await drawAverages({
        folder,
        display: request.display,
        figure: request.figure,
        images,
        fileOf: filesOf(plan),
        averages: shown,
      })
    : undefined;
  if (request.average) {
    const { mode } = request.display;
    const json = {
      mode,
      groups: shown.map((group, at) => ({ ...group, label: group.label ?? null, ...drawnOf(drawn, at) })),
    };
    await writeFileAtomic(join(folder, 'average.json'), `${JSON.stringify(json, null, 2)}\n`);
    await writeFileAtomic(join(folder, 'average.csv'), averageTable(shown));
  }
  for (const message of drawn?.notes ?? []) run.log({ type: 'note', level: 'warning', message });
  record.results = {
    score: { name: displayOf(request.display).score, ...request.display.labels },
    rows: plan.counts,
    footprints,
    groups: groups.map((group, at) => ({ ...group, group: group.group ?? null, ...drawnOf(drawn, at) })),
    notes: [...plan.notes, ...(drawn?.notes ?? [])],
    imageNotes: notes,
  };
  return outcome;
}

function drawnOf(drawn: Awaited<ReturnType<typeof drawAverages>> | undefined, at: number) {
  return drawn === undefined ? {} : { figures: drawn.groups[at].figures };
}

function filesOf(plan: HeatmapPlan): (name: string) => string {
  const files = new Map(plan.items.map(({ name, file }) => [name, file]));
  return (name) => files.get(name)!;
}

/** The rankings of one group: effects are regular - occluded score. */
function summarise(group: string | undefined, n: number, images: readonly Numbers[], seed: number) {
  const own = group === undefined ? images : images.filter((image) => image.class === group);
  const rank = (part: 'cells' | 'regions') =>
    rankRegions(
      own
        .filter((image) => image[part].size > 0)
        .map(({ regular, [part]: scores }) => ({
          effects: new Map(Array.from(scores, ([name, score]) => [name, regular - score])),
        })),
      { seed },
    );
  const regular = meanInterval(
    own.map((image) => image.regular),
    { seed },
  );
  return { group, n, regular, regions: rank('regions'), cells: rank('cells') };
}

/** One row an image, as the source system lists them; paths are below the run's folder. */
async function writeIndex(
  { folder, record }: RunFolder,
  plan: HeatmapPlan,
  images: Awaited<ReturnType<typeof finishedImages>>,
): Promise<void> {
  const rows = new Map<string, object>();
  for (const { name, result } of images()) {
    const { grid, landmarks, combined } = result.files;
    rows.set(name, {
      image: name,
      ok: true,
      grid_out: grid,
      landmark_out: landmarks,
      combined_out: combined,
    });
  }
  const reasons = new Map([...record.skipped, ...record.failed].map(({ item, reason }) => [item, reason]));
  for (const { name } of plan.items) {
    if (!rows.has(name)) rows.set(name, { image: name, ok: false, error: reasons.get(name) ?? 'not done' });
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await writeFileAtomic(join(folder, 'overlays_index.json'), `${JSON.stringify(sorted, null, 2)}\n`);
}

function averageTable(groups: readonly ClassAverages[]): string {
  const rows = groups.flatMap(({ label, occlusions }) =>
    occlusions.map((each) => ({
      group: label ?? 'all',
      occlusion: each.name,
      n: each.n,
      mean_occluded: each.meanOccluded,
      mean_regular: each.meanRegular,
      mean_effect: each.meanEffect,
      absolute_mean_effect: Math.abs(each.meanEffect),
      mean_absolute_effect: each.meanAbsoluteEffect,
    })),
  );
  return stringify(rows, { header: true });
}
