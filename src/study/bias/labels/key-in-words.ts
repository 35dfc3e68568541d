import { inWords } from '../../report/in-words.js';

/** What people are grouped by, for readers: `gender+race` as `gender and race`. */
export function keyInWords(key: string): string {
  return key.split('+').map(inWords).join(' and ');
}
