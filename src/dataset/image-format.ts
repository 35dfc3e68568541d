import { extname } from 'node:path';

/** The image formats that are read and written. */
export type ImageFormat = 'jpeg' | 'png' | 'bmp' | 'tiff' | 'webp';

const formatByExtension: ReadonlyMap<string, ImageFormat> = new Map([
  ['.jpg', 'jpeg'],
  ['.jpeg', 'jpeg'],
  ['.png', 'png'],
  ['.bmp', 'bmp'],
  ['.tif', 'tiff'],
  ['.tiff', 'tiff'],
  ['.webp', 'webp'],
]);

/** File name extensions of images, lower case with the dot. */
export const imageExtensions: readonly string[] = [...formatByExtension.keys()];

/** The format that a file name promises by its extension, in upper or lower case; `undefined` where it is none of them. */
export function imageFormatOf(path: string): ImageFormat | undefined {
  return formatByExtension.get(extname(path).toLowerCase());
}
