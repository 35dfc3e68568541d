import type { RunFolder } from '../../../jobs/run/run-folder.js';
import type { ImageAnalysis } from './analysis-result.js';

/** An image with what the model says of it. */
export interface AnalysedImage {
  readonly name: string;
  readonly result: ImageAnalysis;
}

/** The finished images of a run, by name. */
export async function analysedImages(run: Pick<RunFolder, 'results'>): Promise<AnalysedImage[]> {
  const images: AnalysedImage[] = [];
  for await (const { item, result } of run.results())
    images.push({ name: item, result: result as ImageAnalysis });
  return images.sort((a, b) => (a.name < b.name ? -1 : 1));
}
