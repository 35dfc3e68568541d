/** One image with the facial features that its saliency map lights up. */
export interface ActivatedFeatures {
  readonly group: string;
  /** The image's active features; one that is named twice counts once. */
  readonly features: readonly string[];
  /** The person in the image. Without it, an image is a person of its own. */
  readonly person?: string | undefined;
}

/** The images of one person in one group, added up. */
export interface PersonActivity {
  readonly person: string;
  /** By position in the list of groups. */
  readonly group: number;
  readonly images: number;
  /** In how many of them each feature is active. */
  readonly active: Float64Array;
}

/** Images in each group, and in how many of them each feature is active: `active[group][feature]`. */
export interface FeatureCounts {
  readonly images: Float64Array;
  readonly active: readonly Float64Array[];
}

/**
 * Adds up the images of each person, in the order in which persons come.
 *
 * @throws RangeError where an image has a feature or a group that is not listed
 */
export function personActivity(
  images: readonly ActivatedFeatures[],
  features: readonly string[],
  groups: readonly string[],
): PersonActivity[] {
  const position = (list: readonly string[], name: string): number => {
    const at = list.indexOf(name);
    if (at === -1) throw new RangeError(`${name} is not one of ${list.join(', ')}.`);
    return at;
  };
  const persons = new Map<string, PersonActivity>();
  images.forEach((image, index) => {
    const { group, features: own, person = `\0${index}` } = image;
    const groupAt = position(groups, group);
    const key = `${groupAt} ${person}`;
    const before = persons.get(key);
    const active = before?.active ?? new Float64Array(features.length);
    for (const feature of new Set(own)) active[position(features, feature)]++;
    persons.set(key, { person, group: groupAt, images: (before?.images ?? 0) + 1, active });
  });
  return [...persons.values()];
}

/**
 * @param weights how often each person counts.
 * @param groupOf the group of each person; its own, or another one for a test.
 */
export function featureCounts(
  persons: readonly PersonActivity[],
  weights: ArrayLike<number>,
  groupOf: ArrayLike<number>,
  groups: number,
  features: number,
): FeatureCounts {
  const images = new Float64Array(groups);
  const active = Array.from({ length: groups }, () => new Float64Array(features));
  persons.forEach((person, at) => {
    const group = groupOf[at];
    images[group] += weights[at] * person.images;
    const sums = active[group];
    for (let feature = 0; feature < features; feature++)
      sums[feature] += weights[at] * person.active[feature];
  });
  return { images, active };
}

/** The largest share of images with the feature less the smallest, for each feature; NaN where a group has no image. */
export function featureSpreads({ images, active }: FeatureCounts): number[] {
  return Array.from(active[0] ?? [], (_, feature) => {
    const shares = active.map((counts, group) => counts[feature] / images[group]);
    return Math.max(...shares) - Math.min(...shares);
  });
}
