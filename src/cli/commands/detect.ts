import { Command } from 'commander';
import type { FindFacesOptions } from '../../study/faces/find-faces.js';
import { addFaceOptions, addWorkerOptions } from '../options/groups.js';
import { showFaces } from '../show-faces.js';

export function detectCommand(): Command {
  const command = new Command('detect')
    .summary('boxes and five points of the faces in images')
    .description(
      'Prints the faces of each image: box, confidence and, with mtcnn, five points. Left is the subject’s.',
    )
    .argument('<image...>', 'image files or folders');
  addWorkerOptions(addFaceOptions(command))
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress on standard error')
    .option('--strict', 'exit with status 3 where an image failed')
    .option('--debug', 'show stack traces');
  return command.action((images: string[], options: Omit<FindFacesOptions, 'images' | 'landmarks'>) =>
    showFaces({ ...options, images }),
  );
}
