/** The figures of an image, by the folder that they lie in, with their titles. */
export const figureTitles = {
  grid: 'Grid Occlusion Heatmap',
  landmarks: 'Landmark Occlusion Heatmap',
  combined: 'Composite Heatmap (Grid + Landmark)',
} as const;

export type FigureKind = keyof typeof figureTitles;
export const figureKinds = Object.keys(figureTitles) as readonly FigureKind[];
