/** The node that an input comes from: `a`, `a:1` (its second output) and `^a` (only after it) are all of node a. */
export function nodeOf(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}
