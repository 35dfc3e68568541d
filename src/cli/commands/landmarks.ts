import { Command, Option } from 'commander';
import { landmarkCounts, type LandmarkCount } from '../../face/landmark-model.js';
import type { FindFacesOptions } from '../../study/faces/find-faces.js';
import { addFaceOptions, addWorkerOptions } from '../options/groups.js';
import { rectangle } from '../options/parse.js';
import { showFaces } from '../show-faces.js';

interface LandmarksOptions extends Omit<FindFacesOptions, 'images' | 'landmarks'> {
  readonly landmarks: string;
}

export function landmarksCommand(): Command {
  const command = new Command('landmarks')
    .summary('68 or 468 landmarks and region outlines of the faces in images')
    .description(
      'Prints 68 landmarks (iBUG order) or 468 (MediaPipe’s face mesh) and the outlines of the named regions. ' +
        'Left is the subject’s.',
    )
    .argument('<image...>', 'image files or folders');
  addWorkerOptions(addFaceOptions(command))
    .addOption(
      new Option('--landmarks <count>', 'how many landmarks a face')
        .choices(landmarkCounts.map(String))
        .default('68'),
    )
    .option('--rect <l,t,r,b>', 'the face is in this rectangle: do not look for it', rectangle)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress on standard error')
    .option('--strict', 'exit with status 3 where an image failed')
    .option('--debug', 'show stack traces');
  return command.action((images: string[], { landmarks, ...options }: LandmarksOptions) =>
    showFaces({ ...options, images, landmarks: Number(landmarks) as LandmarkCount }),
  );
}
