import type { SegmentFill } from '../../perturb/segment-fill.js';
import type { CamMethod } from '../../explain/cam/methods.js';
import type { BaselineName } from '../../explain/integrated-gradients.js';
import type { MaskDesignName } from '../../perturb/mask-design/mask-design.js';
import type { QuadratureRule } from '../../tensor/quadrature.js';
import { type OcclusionSettings, occlusionSettings } from '../occlusion/occlusion-settings.js';
import type { SegmentationSettings } from './segments/segmentation-settings.js';

/** A method that explains single images, with its options. Plain data. */
export type ImageMethod =
  | { readonly name: 'occlusion'; readonly occlusion: OcclusionSettings }
  | GradientMethod
  | MaskMethod
  | CamImageMethod;

/** A class activation map, and what all of them take. */
export type CamImageMethod = CamMethod & CamSettings;

export interface CamSettings {
  /** null: the last layer with a height and a width. */
  readonly layers: readonly string[] | null;
  readonly relu: boolean;
  readonly compat?: 'upstream' | undefined;
}

export type GradientMethod =
  | { readonly name: 'gradient' | 'input-x-gradient' }
  | {
      readonly name: 'integrated-gradients';
      readonly steps: number;
      readonly quadrature: QuadratureRule;
      readonly baseline: BaselineName;
    }
  | {
      readonly name: 'smoothgrad';
      readonly samples: number;
      readonly noise: number;
      readonly noiseSeed: number;
    };

/** Methods that hide random parts. */
export type MaskMethod = {
  readonly samples: number;
  readonly fill: SegmentFill;
  /** See `explainLime` and `explainRise`; null where all samples are taken. */
  readonly untilStable: number | null;
  readonly seed: number;
} & (
  | {
      readonly name: 'lime';
      readonly segmentation: SegmentationSettings;
      readonly design: MaskDesignName;
      readonly kernelWidth: number;
      readonly ridge: number;
      /** null: all segments keep their weight. */
      readonly features: number | null;
      readonly compat?: 'upstream' | undefined;
    }
  | {
      readonly name: 'rise';
      readonly masks:
        | { readonly kind: 'grid'; readonly cells: number; readonly shown: number }
        | {
            readonly kind: 'segments';
            readonly segmentation: SegmentationSettings;
            readonly design: MaskDesignName;
          };
    }
);

/** Whether a method is a class activation map. */
export function isCam(method: ImageMethod): method is CamImageMethod {
  return 'layers' in method;
}

/** Whether a method needs the landmarks of the face. */
export function needsLandmarks(method: ImageMethod): boolean {
  switch (method.name) {
    case 'occlusion':
      return ['landmark', 'both'].includes(method.occlusion.mode);
    case 'lime':
      return method.segmentation.method === 'regions';
    case 'rise':
      return method.masks.kind === 'segments' && method.masks.segmentation.method === 'regions';
    default:
      return false;
  }
}

/** What a run's record says of a method's options; the name is in its command. */
export function methodSettings(method: ImageMethod): Record<string, unknown> {
  if (method.name === 'occlusion') return { ...occlusionSettings(method.occlusion) };
  return Object.fromEntries(Object.entries(method).filter(([option]) => option !== 'name'));
}
