import type { Task } from '../../../jobs/task.js';
import type { Decision } from '../labels/decision.js';
import { type Grouping, groupOf } from '../labels/grouping.js';
import { type GroupingMeasures, measureGrouping, type MeasureSettings } from './grouping-measures.js';
import { everybody, type MeanMap, writeMeanMaps } from './mean-maps.js';
import { studiedImages } from './studied-images.js';

export interface MeasureTaskOptions {
  /** The folder of the run, and that of this step. */
  readonly run: string;
  readonly folder: string;
  readonly decision: Decision;
  readonly groupings: readonly Grouping[];
  readonly ageWidth: number;
  readonly regions: readonly string[];
  readonly settings: MeasureSettings;
}

/** One grouping, all images together, or the mean maps of all of them. */
export type MeasureItem =
  | { readonly name: string; readonly kind: 'all' }
  | { readonly name: string; readonly kind: 'maps' }
  | { readonly name: string; readonly kind: 'grouping'; readonly grouping: Grouping };

export type MeasureResult =
  | { readonly kind: 'measures'; readonly measures: GroupingMeasures }
  | { readonly kind: 'maps'; readonly means: readonly MeanMap[] };

/** Measures one grouping after the other. */
export default async function startMeasuring(
  options: MeasureTaskOptions,
): Promise<Task<MeasureItem, MeasureResult>> {
  const { run, folder, decision, groupings, ageWidth, regions, settings } = options;
  const images = await studiedImages(run);
  return {
    async run(item) {
      if (item.kind === 'maps') {
        return { kind: 'maps', means: await writeMeanMaps(run, folder, images, groupings, ageWidth) };
      }
      const key = item.kind === 'all' ? '' : item.grouping.key;
      const grouped = images.flatMap((image) => {
        const group = item.kind === 'all' ? everybody : groupOf(item.grouping, image.labels, ageWidth);
        return group === undefined ? [] : [{ ...image, group }];
      });
      const measures = measureGrouping(key, grouped, decision, regions, settings);
      return {
        kind: 'measures',
        measures: { ...measures, withoutGroup: images.length - grouped.length },
      };
    },
  };
}
