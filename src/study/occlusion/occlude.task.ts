import { decodeImage } from '../../dataset/decode-image.js';
import { BandedJpeg } from '../../dataset/banded-jpeg.js';
import { encodeImage } from '../../dataset/encode-image.js';
import { imageFormatOf } from '../../dataset/image-format.js';
import { outputPath } from '../../dataset/output-path.js';
import { writeFileAtomicSync } from '../../dataset/write-file-atomic.js';
import { loadOpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Task } from '../../jobs/task.js';
import { paintFor } from '../../perturb/occlusion/fill.js';
import { footprintRuns, type Runs } from '../../perturb/occlusion/footprint-runs.js';
import { cover, uncover } from '../../perturb/occlusion/occlude.js';
import { planOcclusions } from '../../perturb/occlusion/occlusion-plan.js';
import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import { Problem } from '../../problem.js';
import type { FaceTools } from '../faces/face-tools.js';
import type { ImageItem } from '../image-items.js';
import { outputName } from '../output-name.js';
import { gridPlan, type OcclusionSettings, regionPlan, windowPlan } from './occlusion-settings.js';
import { variantFolder } from './variant-folder.js';

export interface OccludeTaskOptions extends OcclusionSettings {
  readonly tools: FaceTools;
  readonly outputPath: string;
  /** `whole`: every image is a tight crop of one face. */
  readonly face: 'detect' | 'whole';
  readonly lossless?: boolean | undefined;
}

/** What the journal keeps of one image; `heatmaps` reads the footprints back from it. */
export interface OccludeResult {
  readonly width: number;
  readonly height: number;
  readonly occlusions: readonly Occlusion[];
  /** What was left out and why. */
  readonly notes: readonly string[];
}

/** Writes the occluded variants of one image after the other. An item's name is its path below the input folder. */
export default async function startOccluding(
  options: OccludeTaskOptions,
): Promise<Task<ImageItem, OccludeResult>> {
  const { mode, fill } = options;
  const hidesRegions = mode === 'landmark' || mode === 'both';
  // A grid needs neither OpenCV nor networks, and each thread starts in a third of the time without them.
  const cv = hidesRegions || fill === 'blur' ? await loadOpenCv() : undefined;
  const finder = hidesRegions
    ? new (await import('../faces/face-finder.js')).FaceFinder(options.tools)
    : undefined;

  async function plan(image: RasterImage): Promise<{ occlusions: Occlusion[]; notes: string[] }> {
    const { width, height } = image;
    const occlusions: Occlusion[] = [];
    const notes: string[] = [];
    if (mode === 'grid' || mode === 'both')
      occlusions.push(...planOcclusions(gridPlan(options), width, height).occlusions);
    if (mode === 'window')
      occlusions.push(...planOcclusions(windowPlan(options, image), width, height).occlusions);
    if (finder !== undefined) {
      try {
        const whole = { box: { x: 0, y: 0, width, height } };
        const face = options.face === 'whole' ? whole : (await finder.one(image)).face;
        const landmarks = await finder.landmarks(image, face);
        const regions = planOcclusions(regionPlan(options, landmarks), width, height);
        occlusions.push(...regions.occlusions);
        if (regions.empty.length > 0) notes.push(`no pixels of ${regions.empty.join(', ')} in the image`);
      } catch (error) {
        // The cells of the grid need no face; they stay, as in the source system.
        if (mode === 'landmark' || !(error instanceof Problem)) throw error;
        notes.push(`the regions were left out: ${error.message}`);
      }
    }
    return { occlusions, notes };
  }

  /** Of variants that are written; kept between images, which mostly have one size. */
  const buffers: Uint8Array[] = [];

  return {
    async run({ name, file }) {
      const { image, notes } = await decodeImage(file, { name });
      const { width, height } = image;
      const planned = await plan(image);
      const output = options.lossless === true ? outputName(name, 'png') : name;
      const format = imageFormatOf(output) ?? 'png';
      const paint = paintFor(cv, image, fill);
      const kept = buffers.pop();
      const samples = kept?.length === image.data.length ? kept : new Uint8Array(image.data.length);
      samples.set(image.data);
      const variant: RasterImage = { ...image, data: samples };
      const jpeg = format === 'jpeg' ? new BandedJpeg(image) : undefined;
      for (const occlusion of planned.occlusions) {
        const runs = footprintRuns(cv, occlusion.footprint, width, height);
        cover(variant, runs, paint);
        const bytes = jpeg?.encode(variant, ...rowsOf(runs)) ?? (await encodeImage(variant, format));
        writeFileAtomicSync(outputPath(options.outputPath, `${variantFolder(occlusion)}/${output}`), bytes);
        uncover(image, runs, variant);
      }
      buffers.push(samples);
      return { width, height, occlusions: planned.occlusions, notes: [...notes, ...planned.notes] };
    },
  };
}

/** The first row of runs and the one after the last. */
function rowsOf(runs: Runs): [top: number, bottom: number] {
  return runs.length === 0 ? [0, 0] : [runs[0], runs[runs.length - 3] + 1];
}
