import type { Verdict } from '../ensemble/judge.js';
import type { Pooling } from './pool-frames.js';

/** Where a face lies: left, top, width and height in pixels. */
export type FaceBox = readonly [x: number, y: number, width: number, height: number];

/** What the journal keeps of one photograph. */
export interface ImageCheck extends Verdict {
  readonly kind: 'image';
  /** Where the photograph was. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
  /** How many the detector found; null where it was not asked. */
  readonly faces: number | null;
  /** Null where the image is what the networks see. */
  readonly box: FaceBox | null;
  readonly notes: readonly string[];
  readonly milliseconds: CheckTimes;
}

/** One frame of a video. */
export interface FrameCheck {
  readonly index: number;
  /** Index / mean frame rate. */
  readonly seconds: number;
  /** P(attack) of every member, and fused; null where no face was found. */
  readonly members: readonly number[] | null;
  readonly fused: number | null;
}

/** What the journal keeps of one video. The verdict is that of the pooled score. */
export interface VideoCheck extends Verdict {
  readonly kind: 'video';
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /** Frames that were looked at, and in how many of them a face was found. */
  readonly looked: number;
  readonly scored: number;
  readonly pooled: Readonly<Record<Pooling, number>>;
  readonly frames: readonly FrameCheck[];
  readonly notes: readonly string[];
  /** Means over the frames that have a face. */
  readonly milliseconds: CheckTimes;
}

export type MediaCheck = ImageCheck | VideoCheck;

/** Milliseconds of the steps, for one face. */
export interface CheckTimes {
  readonly decode: number;
  readonly detect: number;
  /** Crop, preprocessing and forward pass of each member, by name. */
  readonly members: Readonly<Record<string, number>>;
}
