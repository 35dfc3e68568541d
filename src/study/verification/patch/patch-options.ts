import type { VerificationOptions } from '../verification-options.js';

/** How the first image of every pair is patched. */
export interface PatchOptions extends VerificationOptions {
  /** Patches in an image. */
  readonly patches: number;
  /** Side of the square patches in pixels. */
  readonly patchSize: number;
  /** Seed of their places and donors. */
  readonly patchSeed: number;
  /** Quality of JPEG, 1 to 100; patched images are PNG, without loss, where left out. */
  readonly jpeg?: number | undefined;
  /** `upstream`: the places and donors that the code of xSSAB draws, in its order. */
  readonly compat?: 'upstream' | undefined;
}
