import { type Variant, variantKey } from './variant.js';

/** The output of one variant for one image; `null` where it has none. */
export type VariantValue = readonly number[] | null;

/** What the variants gave. Plain data that can be posted to a thread. */
export interface VariantValues {
  /** In the order in which they were run. */
  readonly variants: readonly Variant[];
  /** The outputs by the key of the variant and the name of the image. */
  readonly byKey: ReadonlyMap<string, ReadonlyMap<string, VariantValue>>;
}

/** The output of a variant for each of the images; undefined where one of them has none. */
export function valuesOf(
  { byKey }: VariantValues,
  variant: Variant,
  images: readonly string[],
): (readonly number[])[] | undefined {
  const known = byKey.get(variantKey(variant.preprocessing));
  const values = images.map((image) => known?.get(image) ?? null);
  return values.every((value) => value !== null) ? values : undefined;
}
