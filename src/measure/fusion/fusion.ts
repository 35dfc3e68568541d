/** How the P(attack) of several detectors become one; see `fuseScores`. */
export const fusions = ['any', 'mean', 'weighted', 'max', 'logistic'] as const;

export type Fusion = (typeof fusions)[number];
