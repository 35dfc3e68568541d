import { type Command, Option } from 'commander';
import { fusions } from '../../measure/fusion/fusion.js';
import type { MemberDescription } from '../../study/liveness/ensemble/ensemble.js';
import { parseMember } from '../../study/liveness/ensemble/parse-member.js';
import { checked } from './parse.js';

/** Which networks are asked for P(attack). */
export function addMemberOptions(command: Command): Command {
  const parse = checked(parseMember);
  return command
    .option(
      '--member <member>',
      'a network, again for each: NAME_OR_FILE[=CARD][:name=N][:guards=print+replay][:weight=2][:threshold=0.4] ' +
        '(default: the ensemble that docs/liveness.md measures)',
      (text: string, before: readonly MemberDescription[] | undefined) => [...(before ?? []), parse(text)],
    )
    .option('--ensemble <file>', 'a JSON file that describes the networks and their fusion');
}

/** How the networks' P(attack) become one. */
export function addFusionOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--fusion <rule>',
        'how several networks decide; needed where there are several and no --ensemble says it',
      ).choices(fusions),
    )
    .option('--fit <file>', 'for the fusion logistic: what `liveness fuse` learned')
    .option(
      '--threshold <probability>',
      'a fused P(attack) above it is an attack (default: that of the ensemble, else 0.5)',
      checked(parseThreshold),
    );
}

function parseThreshold(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw new Error('It must be above 0 and below 1.');
  }
  return value;
}
