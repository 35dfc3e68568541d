import { Command } from 'commander';
import type { FindFacesOptions } from '../../study/faces/find-faces.js';
import { addFaceOptions, addWorkerOptions } from '../options/groups.js';
import { rectangle } from '../options/parse.js';
import { showFaces } from '../show-faces.js';

export function landmarksCommand(): Command {
  const command = new Command('landmarks')
    .summary('68 landmarks and region outlines of the faces in images')
    .description(
      'Prints 68 landmarks (iBUG order) and the outlines of the named regions. Left is the subject’s.',
    )
    .argument('<image...>', 'image files or folders');
  addWorkerOptions(addFaceOptions(command))
    .option('--rect <l,t,r,b>', 'the face is in this rectangle: do not look for it', rectangle)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress on standard error')
    .option('--strict', 'exit with status 3 where an image failed')
    .option('--debug', 'show stack traces');
  return command.action((images: string[], options: Omit<FindFacesOptions, 'images' | 'landmarks'>) =>
    showFaces({ ...options, images, landmarks: true }),
  );
}
