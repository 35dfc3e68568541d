import { Problem } from '../../../problem.js';
import type { MemberDescription } from './ensemble.js';

const options = /:(name|guards|weight|threshold)=/;

/**
 * A member as the command line names it: `NAME_OR_FILE[=CARD][:name=...][:guards=print+replay][:weight=2][:threshold=0.4]`.
 *
 * @throws Problem where an option is not usable.
 */
export function parseMember(text: string): MemberDescription {
  const [model, ...rest] = text.split(options);
  const match = /^(.+?)(?:=([^=]+))?$/.exec(model);
  if (match === null) throw refused(text, 'names no model');
  const given = new Map<string, string>();
  for (let at = 0; at < rest.length; at += 2) {
    const [name, value] = [rest[at], rest[at + 1]];
    if (given.has(name)) throw refused(text, `says ${name} twice`);
    if (value === '') throw refused(text, `says nothing after ${name}=`);
    given.set(name, value);
  }
  const number = (name: string, range: string, fits: (value: number) => boolean): number | undefined => {
    const written = given.get(name);
    if (written === undefined) return undefined;
    const value = Number(written);
    if (!fits(value)) throw refused(text, `its ${name} must be ${range}, not ${written}`);
    return value;
  };
  return {
    model: match[1],
    card: match.at(2),
    name: given.get('name'),
    guards: given
      .get('guards')
      ?.split('+')
      .filter((kind) => kind !== ''),
    weight: number('weight', 'a number above 0', (value) => value > 0 && Number.isFinite(value)),
    threshold: number('threshold', 'above 0 and below 1', (value) => value > 0 && value < 1),
  };
}

function refused(text: string, why: string): Problem {
  return new Problem(
    `--member ${text}`,
    why,
    'write NAME_OR_FILE[=CARD][:guards=print+replay][:weight=2][:threshold=0.4]',
  );
}
