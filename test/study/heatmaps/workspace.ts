import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { RunFolder } from '../../../src/jobs/run/run-folder.js';
import type { Occlusion } from '../../../src/perturb/occlusion/occlusion.js';
import type { HeatmapsOptions } from '../../../src/study/heatmaps/heatmaps.js';
import type { StudyContext } from '../../../src/study/study.js';
import { decodeNpy } from '../../../src/tensor/npy.js';
import { RandomState } from '../../../src/tensor/random.js';

/** A folder of its own for one test file. */
export class Workspace {
  readonly root = mkdtempSync(join(tmpdir(), 'faceprobe-heatmaps-'));

  path(relative: string): string {
    return join(this.root, relative);
  }

  write(relative: string, content: string | Uint8Array): string {
    const path = this.path(relative);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Writes a score file, a row a line. */
  scores(relative: string, ...rows: string[]): string {
    return this.write(relative, `${rows.join('\n')}\n`);
  }

  /** Writes an image of random pixels as PNG, whatever its name. */
  async image(relative: string, width: number, height: number, seed = 1): Promise<RasterImage> {
    const random = new RandomState(seed);
    const data = Uint8Array.from({ length: width * height * 3 }, () => random.integer(0, 256));
    const image: RasterImage = { width, height, channels: 3, data };
    this.write(relative, await encodeImage(image, 'png'));
    return image;
  }

  /** Writes what a run of `occlude` leaves behind, but for the images. */
  async occluded(
    relative: string,
    inputPath: string,
    items: Readonly<Record<string, { width: number; height: number; occlusions: readonly Occlusion[] }>>,
  ): Promise<string> {
    const folder = this.path(relative);
    const run = await RunFolder.open({ folder, command: 'occlude', settings: { inputPath } });
    for (const [item, result] of Object.entries(items))
      run.finish({ item, result: { ...result, notes: [] } });
    run.close('done');
    return folder;
  }

  json(relative: string): unknown {
    return JSON.parse(readFileSync(this.path(relative), 'utf8'));
  }

  map(relative: string): { data: number[]; shape: readonly number[] } {
    const { data, shape } = decodeNpy(readFileSync(this.path(relative)));
    return { data: Array.from(data as ArrayLike<number>), shape };
  }

  /** SHA-256 of every output of a run, by path; without what tells when it ran, or in which folder. */
  outputs(relative: string): Record<string, string> {
    const folder = this.path(relative);
    const hashOf = (file: string) => {
      const bytes = readFileSync(file);
      const content = file.endsWith('.json') ? bytes.toString().replaceAll(folder, '') : bytes;
      return createHash('sha256').update(content).digest('hex');
    };
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .filter((name) => !['run.json', 'run.log', 'results.jsonl', 'report.html'].includes(name))
      .sort();
    return Object.fromEntries(files.map((name) => [name, hashOf(join(folder, name))]));
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** The defaults of the command line, in a small figure. */
export const defaults: Omit<HeatmapsOptions, 'regular' | 'output'> = {
  classLabels: { zero: 'morph', one: 'bona fide' },
  heatmapMode: 'occluded',
  generatedHeatmaps: 'both',
  landmarkPrecision: 'pixel',
  landmarkScaleFactor: 1.5,
  detector: 'mtcnn',
  select: 'largest',
  colormap: 'hot',
  alpha: 0.6,
  dpi: 30,
  photos: true,
  seed: 0,
  workers: 1,
};

export const listenToNothing: StudyContext = {
  signal: new AbortController().signal,
  listen: () => undefined,
};

export const gridCell = (row: number, column: number, x: number, y: number, width: number, height: number) =>
  ({
    name: `r${row}_c${column}`,
    kind: 'grid',
    footprint: { shape: 'boxes', boxes: [{ x, y, width, height }] },
  }) satisfies Occlusion;

export const region = (name: string, ...polygon: [number, number][]) =>
  ({ name, kind: 'region', footprint: { shape: 'polygons', polygons: [polygon] } }) satisfies Occlusion;
