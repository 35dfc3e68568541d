/** Where the evidence of one model lies in one face. */
export interface RegionShare {
  readonly region: string;
  /** The region's share of all pixels, which is its share of evidence that is spread evenly. */
  readonly area: number;
  /** The region's share of the positive evidence, 0..1; null where there is none. */
  readonly positive: number | null;
}

/** What the journal keeps of one model's explanation of one image. */
export interface ModelEvidence {
  /** Share of the variance that the linear model explains; null where the similarity never moves. */
  readonly r2: number | null;
  readonly segments: number;
  readonly samples: number;
  readonly settled: boolean | null;
  /** Of a weight; null where there are too few samples to say. */
  readonly largestStandardError: number | null;
  /** By region; null where no landmarks were found. */
  readonly regions: readonly RegionShare[] | null;
  /** The share of the canonical face that the model does not see; null where no landmarks were found. */
  readonly outside: number | null;
  readonly milliseconds: number;
}

/** What the journal keeps of one image. */
export interface ImageEvidence {
  /** The seed of its masks, drawn from that of the study and its name. */
  readonly seed: number;
  /** Whether the 68 landmarks were found. */
  readonly landmarks: boolean;
  /** By the name of the model; one that could not be explained is left out, and a note tells. */
  readonly models: Readonly<Record<string, ModelEvidence>>;
  readonly notes: readonly string[];
}
