/** The scores of one image. */
export interface ScoredImage {
  /** The class of the image where it is known, such as `morph`. */
  readonly label?: string;
  /** The score of the image as it is. */
  readonly regular: number;
  /** The score under each occlusion, by the occlusion's name; those that are missing count for nothing. */
  readonly occluded: ReadonlyMap<string, number>;
}

/** What hiding one part does on average. */
interface OcclusionAverage {
  readonly name: string;
  /** Images with a score for this occlusion. */
  readonly n: number;
  /** Mean score while the part is hidden. */
  readonly meanOccluded: number;
  /** Mean score of the same n images as they are. */
  readonly meanRegular: number;
  /**
   * Mean of regular - occluded. Effects of opposite sign cancel. Its absolute value is what the published Python tool
   * draws as an average difference: |mean(occluded) - mean(regular)|.
   */
  readonly meanEffect: number;
  /** Mean of |regular - occluded|: effects of opposite sign do not cancel. */
  readonly meanAbsoluteEffect: number;
}

/** The averages of the images of one class. */
export interface ClassAverages {
  /** The class; undefined for all images together. */
  readonly label: string | undefined;
  /** Images of the class. */
  readonly n: number;
  /** In the order in which the occlusions were met first. */
  readonly occlusions: readonly OcclusionAverage[];
}

/**
 * Averages the effect of each occlusion over images: first over all of them, then over each class in the order in
 * which the classes were met. The images are read once and not kept.
 */
export function averageOcclusions(images: Iterable<ScoredImage>): ClassAverages[] {
  const all = new Sums();
  const classes = new Map<string, Sums>();
  for (const image of images) {
    all.add(image);
    if (image.label === undefined) continue;
    const sums = classes.get(image.label) ?? new Sums();
    classes.set(image.label, sums);
    sums.add(image);
  }
  return [all.averages(undefined), ...[...classes].map(([label, sums]) => sums.averages(label))];
}

class Sums {
  #images = 0;
  readonly #occlusions = new Map<
    string,
    { n: number; occluded: number; regular: number; absoluteEffect: number }
  >();

  add({ regular, occluded }: ScoredImage): void {
    this.#images++;
    for (const [name, score] of occluded) {
      const sums = this.#occlusions.get(name) ?? { n: 0, occluded: 0, regular: 0, absoluteEffect: 0 };
      this.#occlusions.set(name, sums);
      sums.n++;
      sums.occluded += score;
      sums.regular += regular;
      sums.absoluteEffect += Math.abs(regular - score);
    }
  }

  averages(label: string | undefined): ClassAverages {
    const occlusions = Array.from(this.#occlusions, ([name, { n, occluded, regular, absoluteEffect }]) => ({
      name,
      n,
      meanOccluded: occluded / n,
      meanRegular: regular / n,
      meanEffect: (regular - occluded) / n,
      meanAbsoluteEffect: absoluteEffect / n,
    }));
    return { label, n: this.#images, occlusions };
  }
}
