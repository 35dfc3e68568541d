import { Command, Option } from 'commander';
import { gradCamPlusPlusRules, type GradCamPlusPlusRule } from '../../../explain/cam/gradcampp.js';
import { type CamMethod, prefersLogits } from '../../../explain/cam/methods.js';
import { methods } from '../../../explain/methods.js';
import type { CamSettings } from '../../../study/explain/image-method.js';
import { wordings } from '../../../study/explain/wording.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addRunOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { wholeNumber } from '../../options/parse.js';
import { runStudy } from '../../run-study.js';
import { addGroupOptions, type ImagesOptions } from './options.js';

/** The options of all class activation maps; commander fills in those of the one at hand. */
interface CamCommandOptions {
  readonly layer?: readonly string[];
  readonly relu?: boolean;
  readonly compat?: CamSettings['compat'];
  readonly rule: GradCamPlusPlusRule;
  readonly maxChannels?: number;
}

/** Class activation maps. */
export function camCommands(): Command[] {
  const plain = (name: Exclude<CamMethod['name'], 'gradcam++' | 'scorecam' | 'ablationcam'>) =>
    camCommand(name, () => ({ name }));
  return [
    plain('gradcam'),
    camCommand('gradcam++', ({ rule }) => ({ name: 'gradcam++', rule })).addOption(
      new Option('--rule <program>', 'whose rule for the coefficients of the gradients')
        .choices(gradCamPlusPlusRules)
        .default('tf-keras-vis'),
    ),
    plain('layercam'),
    plain('xgradcam'),
    plain('hirescam'),
    channelCommand('scorecam'),
    channelCommand('ablationcam'),
    plain('eigencam'),
  ];
}

/** A method that tries one channel after the other. */
function channelCommand(name: 'scorecam' | 'ablationcam'): Command {
  return camCommand(name, ({ maxChannels }) => ({ name, maxChannels })).option(
    '--max-channels <count>',
    'channels of a layer that are tried: those that vary most (default: all)',
    wholeNumber(1),
  );
}

function camCommand(name: CamMethod['name'], methodOf: (options: CamCommandOptions) => CamMethod): Command {
  const { summary, needsGradient } = methods[name];
  const explained = prefersLogits(name)
    ? 'bona-fide or a class (its logit where the model has one), probability:CLASS, or a quantity'
    : 'bona-fide or a class, logit:CLASS, or a quantity';
  const command = new Command(name)
    .summary(summary)
    .description(
      `Class activation map: ${summary}. Needs a model with layers that have a height and a width` +
        `${needsGradient ? ', and operators behind them that can be differentiated' : ''}. Writes the map (.npy, in the ` +
        'coordinates of the image, signed unless --relu), an overlay (.png) and its provenance (.json) for every image, ' +
        'mean maps per class, and a report.',
    )
    .argument('<image...>', 'image files or folders')
    .requiredOption('--output <folder>', 'where maps and report go; the only place that is written to');
  addModelOptions(command)
    .option('--target <target>', `what is explained: ${explained}`)
    .option('--reference <image>', 'verification: explain the similarity to this face')
    .option(
      '--layer <tensor>',
      'layer to draw the map of; several are fused (default: the last with a height and a width)',
      (tensor: string, before: readonly string[] | undefined) => [...(before ?? []), tensor],
    )
    .option('--relu', 'leave out what speaks against the target, as the papers do')
    .addOption(
      new Option('--compat <rules>', 'upstream: enlarge with aligned corners, as tf-keras-vis does').choices([
        'upstream',
      ]),
    )
    .option('--no-regions', 'do not add up the maps by regions of the face, which takes landmarks');
  addGroupOptions(command);
  addFigureOptions(command, wordings[name].signed ? 'coolwarm' : 'inferno');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((images: string[], options: ImagesOptions & CamCommandOptions) =>
    runStudy(async () => (await import('../../../study/explain/explain.js')).explainByCam, {
      ...options,
      images,
      method: {
        ...methodOf(options),
        layers: options.layer ?? null,
        relu: options.relu === true,
        compat: options.compat,
      },
    }),
  );
}
