import sharp from 'sharp';

import type { RasterImage } from '../../image/raster-image.js';
import type { ReportImage } from './report.js';

export interface ReportImageOptions {
  /** Whether a face may be seen in it; such images are left out of reports without photographs. */
  readonly showsPhotograph: boolean;
  /** Wider images are reduced to this. @default 800 pixels */
  readonly maximumWidth?: number;
}

/** An image (or an encoded one, such as a figure's PNG) as WebP of a size that suits a page. */
export async function reportImage(
  image: RasterImage | Uint8Array,
  { showsPhotograph, maximumWidth = 800 }: ReportImageOptions,
): Promise<ReportImage> {
  const source =
    image instanceof Uint8Array
      ? sharp(image)
      : sharp(image.data, { raw: { width: image.width, height: image.height, channels: image.channels } });
  const { data, info } = await source
    .resize({ width: maximumWidth, withoutEnlargement: true })
    .webp({ quality: 84 })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { address: `data:image/webp;base64,${data.toString('base64')}`, width, height, showsPhotograph };
}
