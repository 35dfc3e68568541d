import type { Command } from 'commander';

/** The recognition model that compares faces, and who is in them. */
export function addEmbedderOptions(command: Command): Command {
  return command
    .requiredOption('--model <model>', 'a recognition model: a file or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option(
      '--identities <source>',
      'who is in the images: folder, vggface2, frll, lfw, image, or a CSV file,identity (default: as the paths are)',
    );
}
