import type { RegionName } from '../../face/regions.js';
import type { Point } from '../../image/geometry.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Fill } from '../../perturb/occlusion/fill.js';
import type { OcclusionPlan } from '../../perturb/occlusion/occlusion-plan.js';
import type { Extent } from '../../perturb/occlusion/sliding-windows.js';

/** What is hidden of every image, and how: the options that `occlude` and `explain occlusion` share. */
export interface OcclusionSettings {
  readonly mode: 'grid' | 'landmark' | 'both' | 'window';
  readonly gridRowsCount: number;
  readonly gridColumnsCount: number;
  readonly window?: Extent | undefined;
  readonly stride?: Extent | undefined;
  readonly regions: readonly RegionName[];
  readonly landmarkPrecision: 'pixel' | 'bbox';
  readonly landmarkScaleFactor: number;
  readonly fill: Fill;
  readonly compat?: 'upstream' | undefined;
}

/** The settings alone, out of all options of a command. */
export function occlusionSettings(options: OcclusionSettings): OcclusionSettings {
  const { mode, gridRowsCount, gridColumnsCount, window, stride } = options;
  const { regions, landmarkPrecision, landmarkScaleFactor, fill, compat } = options;
  return {
    mode,
    gridRowsCount,
    gridColumnsCount,
    window,
    stride,
    regions,
    landmarkPrecision,
    landmarkScaleFactor,
    fill,
    compat,
  };
}

export function gridPlan(settings: OcclusionSettings): OcclusionPlan {
  return { kind: 'grid', rows: settings.gridRowsCount, columns: settings.gridColumnsCount };
}

/** Without a size the windows are an eighth of the shorter side; without a stride they overlap by half. */
export function windowPlan(
  settings: OcclusionSettings,
  { width, height }: Pick<RasterImage, 'width' | 'height'>,
) {
  const side = Math.max(1, Math.round(Math.min(width, height) / 8));
  const window = settings.window ?? { width: side, height: side };
  const half = (length: number) => Math.max(1, Math.round(length / 2));
  const stride = settings.stride ?? { width: half(window.width), height: half(window.height) };
  return { kind: 'windows', window, stride } as const satisfies OcclusionPlan;
}

export function regionPlan(settings: OcclusionSettings, landmarks: readonly Point[]): OcclusionPlan {
  return {
    kind: 'regions',
    names: settings.regions,
    landmarks,
    precision: settings.landmarkPrecision,
    scale: settings.landmarkScaleFactor,
    compat: settings.compat,
  };
}
