import type { BaselineName } from '../../explain/integrated-gradients.js';
import type { QuadratureRule } from '../../tensor/quadrature.js';
import { type OcclusionSettings, occlusionSettings } from '../occlusion/occlusion-settings.js';

/** A method that explains single images, with its options. Plain data. */
export type ImageMethod =
  { readonly name: 'occlusion'; readonly occlusion: OcclusionSettings } | GradientMethod;

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

/** What a run's record says of a method's options; the name is in its command. */
export function methodSettings(method: ImageMethod): Record<string, unknown> {
  if (method.name === 'occlusion') return { ...occlusionSettings(method.occlusion) };
  return Object.fromEntries(Object.entries(method).filter(([option]) => option !== 'name'));
}
