import type { FaceOptions } from '../../faces/face-tools.js';
import type { StudyOptions } from '../../study.js';
import type { SideOptions } from './image-sides.js';

export interface AnalyseOptions extends FaceOptions, StudyOptions, SideOptions {
  /** The folder of the run. */
  readonly output: string;
  readonly model: string;
  readonly card?: string | undefined;
  /** The images are what the model sees. */
  readonly aligned?: boolean | undefined;
  /** P(attack) above which an image is judged an attack. */
  readonly threshold: number;
  /** Colours of maps of one channel. */
  readonly colormap: string;
  readonly seed: number;
  readonly photos?: boolean | undefined;
}
