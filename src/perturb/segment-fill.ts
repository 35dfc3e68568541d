import { Problem } from '../problem.js';
import { type Fill, parseFill } from './occlusion/fill.js';

/**
 * What the pixels of a hidden segment become.
 * - `gray`: the middle of the scale, 127.5.
 * - `segment-mean`: the mean colour of the segment itself, as Python's lime does where no colour is given.
 * - `black`, `mean` (of the image), `blur`, `#rrggbb`: as in occlusion.
 */
export type SegmentFill = 'gray' | 'segment-mean' | Fill;

/** What `--fill` may be where segments are hidden. @throws Problem for anything else. */
export function parseSegmentFill(text: string): SegmentFill {
  const fill = text.trim().toLowerCase();
  if (fill === 'gray' || fill === 'segment-mean') return fill;
  try {
    return parseFill(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.what, error.why, `use gray, segment-mean, ${error.remedy?.replace('use ', '')}`);
  }
}
