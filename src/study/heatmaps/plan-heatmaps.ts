import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { matchOccludedUpstream } from '../../dataset/occluded-path/match-occluded-upstream.js';
import { matchOccluded } from '../../dataset/occluded-path/match-occluded.js';
import type { VariantKind } from '../../dataset/occluded-path/variant.js';
import { readScoreFile, type ScoreFile, type ScoreRow } from '../../dataset/read-score-file.js';
import type { JournalPlace } from '../../jobs/run/journal-index.js';
import { Problem } from '../../problem.js';
import type { ClassLabels } from '../occlusion/class-labels.js';
import type { CellValue } from '../occlusion/grid-matrix.js';
import { classOfLabel } from './class-of-label.js';
import { outputNames } from './output-names.js';
import { type Recorded, RecordedFootprints } from './recorded-footprints.js';

export interface PlanRequest {
  readonly regular: string;
  readonly grid?: string | undefined;
  readonly landmark?: string | undefined;
  /** Root folder of the original images. */
  readonly images?: string | undefined;
  /** Output folder of `occlude`. */
  readonly occlusions?: string | undefined;
  readonly classLabels: ClassLabels;
  readonly compat?: 'upstream' | undefined;
}

/** The score of an image while a region was hidden. */
export interface RegionScore {
  readonly name: string;
  readonly value: number;
}

/** One image with everything that the score files say about it. */
export interface HeatmapItem {
  /** The end of its path that its variants share; unique. */
  readonly name: string;
  /** Name of its outputs below each folder, without an extension. */
  readonly stem: string;
  readonly file: string;
  /** The score of the image as it is. */
  readonly regular: number;
  readonly class: string | undefined;
  readonly cells: readonly CellValue[];
  readonly regions: readonly RegionScore[];
  /** Where `occlude` recorded what it hid. */
  readonly recordedCells: JournalPlace | undefined;
  readonly recordedRegions: JournalPlace | undefined;
}

/** How many rows of one score file could be used. */
interface RowCounts {
  readonly rows: number;
  readonly dropped: number;
  readonly repeated: number;
  /** Rows without an original, or with several. */
  readonly unmatched: number;
}

export interface HeatmapPlan {
  /** Sorted by name. */
  readonly items: readonly HeatmapItem[];
  /** Every row and every image that is left out, with the reason. */
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  readonly counts: Readonly<Partial<Record<'regular' | 'grid' | 'landmark', RowCounts>>>;
  /** Whether all scores lie in [0, 1]. */
  readonly probabilities: boolean;
  /** Of all cells with a score: the largest row and column there is. */
  readonly gridShape: { readonly rows: number; readonly columns: number };
}

/** What is known of one original while the score files are read. */
interface Original {
  readonly row: ScoreRow;
  label: string | undefined;
  end: string;
  readonly cells: Map<string, CellValue & { readonly line: number }>;
  readonly regions: Map<string, RegionScore & { readonly line: number }>;
  recordedCells: Recorded | undefined;
  recordedRegions: Recorded | undefined;
}

/**
 * Reads the score files, finds the original of every occluded image, and the record of what was hidden.
 *
 * @throws {Problem} where a file cannot be read, or neither `grid` nor `landmark` is given.
 */
export async function planHeatmaps(request: PlanRequest): Promise<HeatmapPlan> {
  if (request.grid === undefined && request.landmark === undefined) {
    throw new Problem(
      'heatmaps',
      'has no scores of occluded images',
      'give --grid FILE, --landmark FILE or both',
    );
  }
  const problems: Problem[] = [];
  const notes: string[] = [];
  const counts: Partial<Record<'regular' | 'grid' | 'landmark', RowCounts>> = {};
  const read = async (file: string): Promise<ScoreFile> => {
    const scores = await readScoreFile(file);
    for (const { line, reason } of scores.dropped) problems.push(new Problem(`${file}:${line}`, reason));
    for (const { path, lines } of scores.duplicates) {
      for (const line of lines.slice(0, -1)) {
        problems.push(
          new Problem(`${file}:${line}`, `${path} comes again in line ${lines.at(-1)!}, which is used`),
        );
      }
    }
    notes.push(...scores.notes.map((note) => `${file}: ${note}`));
    return scores;
  };
  const countsOf = ({ rows, dropped, duplicates }: ScoreFile, unmatched: number): RowCounts => ({
    rows: rows.length,
    dropped: dropped.length,
    repeated: duplicates.reduce((sum, { lines }) => sum + lines.length - 1, 0),
    unmatched,
  });

  const regular = await read(request.regular);
  counts.regular = countsOf(regular, 0);
  const originals = new Map(
    regular.rows.map((row): [string, Original] => [
      row.path,
      {
        row,
        label: row.label,
        end: '',
        cells: new Map(),
        regions: new Map(),
        recordedCells: undefined,
        recordedRegions: undefined,
      },
    ]),
  );
  const journals = new Journals(request);

  async function match(file: string, kind: VariantKind): Promise<RowCounts> {
    const scores = await read(file);
    const make = request.compat === 'upstream' ? matchOccludedUpstream : matchOccluded;
    const matcher = make([...originals.keys()], kind);
    let unmatched = 0;
    for (const { path, score, label, line } of scores.rows) {
      const matched = matcher(path);
      if (matched.original === undefined) {
        unmatched++;
        problems.push(new Problem(`${file}:${line}`, `${path}: ${matched.reason}`));
        continue;
      }
      const original = originals.get(matched.original)!;
      const { variant } = matched;
      const parts = path.split('/');
      const end = parts.slice(matched.at + 1).join('/');
      original.label ??= label;
      if (end.length > original.end.length) original.end = end;
      const before =
        variant.kind === 'cell'
          ? put(original.cells, `r${variant.row}_c${variant.column}`, {
              row: variant.row,
              column: variant.column,
              value: score,
              line,
            })
          : put(original.regions, variant.region, { name: variant.region, value: score, line });
      if (before !== undefined) {
        problems.push(
          new Problem(
            `${file}:${before.line}`,
            `line ${line} is of the same occlusion of ${matched.original} and is used`,
          ),
        );
      }
      if (variant.kind === 'cell') {
        original.recordedCells ??= await journals.find(
          file,
          parts.slice(0, matched.at),
          end,
          'grid-occlusion',
        );
      } else {
        original.recordedRegions ??= await journals.find(
          file,
          parts.slice(0, matched.at),
          end,
          'landmark-occlusion',
        );
      }
    }
    return countsOf(scores, unmatched);
  }
  if (request.grid !== undefined) counts.grid = await match(request.grid, 'cell');
  if (request.landmark !== undefined) counts.landmark = await match(request.landmark, 'region');

  const usable: { original: Original; file: string }[] = [];
  for (const original of originals.values()) {
    const file = usableFile(original, request, problems);
    if (file !== undefined) usable.push({ original, file });
  }
  const named = outputNames(
    usable.map(({ original: { row, end } }) => ({ path: row.path, end: withExtensionOf(end, row.path) })),
  );
  const items = usable.map(({ original, file }, at): HeatmapItem => {
    const { row, label, cells, regions, recordedCells, recordedRegions } = original;
    return {
      ...named[at],
      file,
      regular: row.score,
      class: classOfLabel(label, request.classLabels),
      cells: Array.from(cells.values(), ({ row: r, column, value }) => ({ row: r, column, value })),
      regions: Array.from(regions.values(), ({ name, value }) => ({ name, value })),
      recordedCells: recordedCells?.place,
      recordedRegions: recordedRegions?.place,
    };
  });
  items.sort((a, b) => (a.name < b.name ? -1 : 1));
  notes.push(...unrecorded(items, request));
  return {
    items,
    problems,
    notes,
    counts,
    probabilities: items.every(isProbability),
    gridShape: shapeOf(items),
  };
}

/** @returns what stood there before. */
function put<T>(map: Map<string, T>, key: string, value: T): T | undefined {
  const before = map.get(key);
  map.set(key, value);
  return before;
}

/** The file of an image that a heat map can be made of; otherwise says why not. */
function usableFile(original: Original, request: PlanRequest, problems: Problem[]): string | undefined {
  const { row, cells, regions } = original;
  const missing = [
    ...(request.grid !== undefined && cells.size === 0 ? ['grid'] : []),
    ...(request.landmark !== undefined && regions.size === 0 ? ['landmark'] : []),
  ];
  const where = `${request.regular}:${row.line}`;
  if (cells.size === 0 && regions.size === 0) {
    problems.push(new Problem(where, `${row.path} has no score of an occluded variant`));
    return undefined;
  }
  if (request.compat === 'upstream' && missing.length > 0) {
    problems.push(new Problem(where, `${row.path} has no score in the ${missing.join(' and ')} file`));
    return undefined;
  }
  const candidates = originalFiles(original, request);
  const file = candidates.find((path) => existsSync(path));
  if (file === undefined) {
    problems.push(
      new Problem(
        where,
        `${row.path} is not at ${candidates.join(' or ')}`,
        'give --images FOLDER, the root of the images',
      ),
    );
  }
  return file;
}

/** Where the original image may lie: as the score file says, else where `occlude` read it. */
function originalFiles(
  { row, end, recordedCells, recordedRegions }: Original,
  { images, regular }: PlanRequest,
): string[] {
  const recorded = (recordedCells ?? recordedRegions)?.original;
  const named =
    images === undefined
      ? [row.path, join(dirname(regular), row.path)]
      : [join(images, row.path), join(images, withExtensionOf(end, row.path))];
  const absolute = /^(\/|[A-Za-z]:)/.test(row.path);
  const places = absolute && images === undefined ? [row.path] : named;
  return [
    ...new Set([...places, ...(recorded === undefined ? [] : [recorded])].map((path) => resolve(path))),
  ];
}

/** The end as the original has it: a lossless variant is a PNG whatever the original is. */
function withExtensionOf(end: string, path: string): string {
  return end.replace(/\.[^./]+$/, '') + (/\.[^./]+$/.exec(path)?.[0] ?? '');
}

function isProbability({ regular, cells, regions }: HeatmapItem): boolean {
  return [regular, ...[...cells, ...regions].map(({ value }) => value)].every(
    (score) => score >= 0 && score <= 1,
  );
}

function shapeOf(items: readonly HeatmapItem[]): { rows: number; columns: number } {
  let [rows, columns] = [0, 0];
  for (const { cells } of items) {
    for (const { row, column } of cells) {
      rows = Math.max(rows, row + 1);
      columns = Math.max(columns, column + 1);
    }
  }
  return { rows, columns };
}

function unrecorded(items: readonly HeatmapItem[], { compat }: PlanRequest): string[] {
  if (compat === 'upstream') return [];
  const cells = items.filter((item) => item.cells.length > 0 && item.recordedCells === undefined).length;
  const regions = items.filter(
    (item) => item.regions.length > 0 && item.recordedRegions === undefined,
  ).length;
  const remedy = 'give --occlusions, the output folder of faceprobe occlude, where there is one';
  return [
    ...(cells > 0
      ? [`grid cells of ${cells} images are computed from the size of the image, not recorded; ${remedy}`]
      : []),
    ...(regions > 0
      ? [`regions of ${regions} images are computed from landmarks found now, not recorded; ${remedy}`]
      : []),
  ];
}

/** The journals of `occlude`, each opened when a path first leads to it. */
class Journals {
  readonly #opened = new Map<string, Promise<RecordedFootprints | undefined>>();

  constructor(readonly request: PlanRequest) {}

  /**
   * @param before the folders of an occluded path before the one that names the variant
   * @param end what follows it
   */
  async find(
    scoreFile: string,
    before: readonly string[],
    end: string,
    kind: string,
  ): Promise<Recorded | undefined> {
    const { occlusions, compat } = this.request;
    if (compat === 'upstream') return undefined;
    for (const folder of occlusions === undefined ? foldersOf(scoreFile, before, kind) : [occlusions]) {
      const found = (await this.#open(folder))?.find(end);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #open(folder: string): Promise<RecordedFootprints | undefined> {
    let opened = this.#opened.get(folder);
    if (opened === undefined) {
      // A folder that was only guessed may hold a run.json of something else.
      opened = RecordedFootprints.open(folder).catch((error: unknown) => {
        if (this.request.occlusions === folder) throw error;
        return undefined;
      });
      this.#opened.set(folder, opened);
      const { occlusions } = this.request;
      if (occlusions === folder && (await opened) === undefined) {
        throw new Problem(
          folder,
          'holds no run of faceprobe occlude',
          'name its output folder, the one with results.jsonl',
        );
      }
    }
    return opened;
  }
}

/** The output folder of `occlude` is what stands before `grid-occlusion` or `landmark-occlusion`. */
function foldersOf(scoreFile: string, before: readonly string[], kind: string): string[] {
  if (before.at(-1) !== kind) return [];
  const folder = before.slice(0, -1).join('/') || (before.length > 1 ? '/' : '.');
  return folder.startsWith('/') ? [folder] : [folder, join(dirname(scoreFile), folder)];
}
