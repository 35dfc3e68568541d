import { extname } from 'node:path';

/** File name extensions of videos, lower case with the dot; what is inside is ffmpeg's to find out. */
export const videoExtensions: readonly string[] = [
  '.mp4',
  '.m4v',
  '.mov',
  '.avi',
  '.mkv',
  '.webm',
  '.mpg',
  '.mpeg',
  '.wmv',
  '.3gp',
];

/** Whether a file name promises a video, in upper or lower case. */
export function isVideoName(path: string): boolean {
  return videoExtensions.includes(extname(path).toLowerCase());
}
