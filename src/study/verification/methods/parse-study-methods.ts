import { Problem } from '../../../problem.js';
import { type StudyMethod, type StudyMethodName, studyMethodDefaults } from './study-method.js';

/**
 * The methods that `--methods` names, with commas between them. Options follow after colons, several numbers of one
 * option with `+` between them: `xssab,corrrise:masks=200:patches=2,xface:patch-sizes=7+28`.
 *
 * @throws Problem where a method or an option is not known, a value is no number, or a method is named twice.
 */
export function parseStudyMethods(text: string): StudyMethod[] {
  const methods = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map(parseMethod);
  if (methods.length === 0) throw new Problem('methods', 'none is named', `name some of ${names.join(', ')}`);
  const twice = methods.find(({ name }, at) => methods.findIndex((other) => other.name === name) !== at);
  if (twice !== undefined) {
    throw new Problem(twice.name, 'is named twice', 'make a second study with the other options');
  }
  return methods;
}

const names = Object.keys(studyMethodDefaults) as StudyMethodName[];

function parseMethod(text: string): StudyMethod {
  const [written, ...assignments] = text.split(':').map((each) => each.trim());
  const name = names.find((known) => known === written);
  if (name === undefined) {
    throw ['gradient', 'smoothgrad'].includes(written)
      ? new Problem(
          written,
          'has no sign, so it cannot tell what speaks for a match from what speaks against it',
          'take input-x-gradient or integrated-gradients',
        )
      : new Problem(written, 'is no method for pairs', `there are ${names.join(', ')}`);
  }
  const options: Record<string, number | readonly number[]> = { ...studyMethodDefaults[name] };
  for (const assignment of assignments) {
    const [option, value = ''] = assignment.split('=');
    if (!Object.hasOwn(options, option)) {
      const known = Object.keys(options);
      throw new Problem(
        `${name}:${assignment}`,
        'is no option of the method',
        known.length === 0 ? `${name} has none` : `it has ${known.join(', ')}, such as ${name}:${known[0]}=7`,
      );
    }
    const numbers = value.split('+').map(Number);
    if (!/^\d+(\+\d+)*$/.test(value) || numbers.includes(0)) {
      throw new Problem(`${name}:${assignment}`, 'is not given whole numbers from 1');
    }
    const several = typeof options[option] !== 'number';
    if (!several && numbers.length > 1) throw new Problem(`${name}:${assignment}`, 'takes one number only');
    options[option] = several ? numbers : numbers[0];
  }
  return { name, options } as StudyMethod;
}
