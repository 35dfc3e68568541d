import type { CardInput } from '../../model/card.js';
import type { Preprocessing } from '../../model/doctor/candidates.js';

/** A preprocessing that is tried. */
export interface Variant {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly unusual: number;
}

export function preprocessingOf({ channels, mean, std, crop, resize }: CardInput): Preprocessing {
  return { channels, mean, std, crop, resize };
}

/** What tells one preprocessing from another. */
export function variantKey({ channels, mean, std, crop, resize }: Preprocessing): string {
  const box = crop.kind === 'box' ? [crop.scale, crop.square, crop.border] : [];
  return JSON.stringify([channels, mean, std, crop.kind, box, resize]);
}

/** The position of a variant among those that were measured; -1 where it is none of them. */
export function placeOf(
  measured: readonly { readonly variant: Variant }[],
  wanted: Variant | undefined,
): number {
  if (wanted === undefined) return -1;
  const key = variantKey(wanted.preprocessing);
  return measured.findIndex(({ variant }) => variantKey(variant.preprocessing) === key);
}
