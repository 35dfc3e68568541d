/** One image with the class that it has and the class that a model gave it, both by name. */
export interface Classified {
  readonly actual: string;
  readonly predicted: string;
}

/** The same with the group that it is compared in, such as `female`, or `female, Black` for a crossing. */
export interface GroupedClassified extends Classified {
  readonly group: string;
  /**
   * The person in the image; images of one person are not independent and are resampled together. Without it, an image
   * is a person of its own.
   */
  readonly person?: string | undefined;
}
