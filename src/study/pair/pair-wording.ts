import type { PairMethod } from './pair-method.js';

/** What the maps of a pair show, in words. */
export const pairWordings: Readonly<Record<PairMethod['name'], string>> = {
  xssab:
    'The cosine is a sum of one term for each value of the embedding. Terms of at least the threshold’s share speak for a ' +
    'match, the others against it. A map shows how fast the sum of one side moves when a pixel changes a little: it says where ' +
    'the evidence is sensitive, not what would happen if the place were hidden.',
  fggb:
    'Each value of the embedding has a map of where it is sensitive; all count alike. Their sum is weighed with what each value ' +
    'does for the cosine beyond the threshold’s share: what remains above 0 speaks for a match, what remains below against it.',
  corrrise:
    'Random squares of one image are hidden many times over. A map shows how steadily the cosine is higher when a pixel is ' +
    'shown, as a rank correlation from −1 to 1: it says how reliable an influence is, not how large.',
  xface:
    'Squares of three sizes hide one place after the other. A map shows how much the cosine falls, a hidden pixel, when ' +
    'a place is hidden: above 0 the place speaks for a match, below 0 against it.',
};
