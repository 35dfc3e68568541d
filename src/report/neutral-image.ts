import { blankImage, type RasterImage } from '../image/raster-image.js';

/** The gray that stands where a photograph must not be shown: lighter than most maps' low end, darker than paper. */
const neutralGray = 190;

/** What a map is drawn on in a report without photographs. */
export function neutralImage(width: number, height: number): RasterImage {
  const image = blankImage(width, height);
  image.data.fill(neutralGray);
  return image;
}
