/** Names in a message: how many there are and the first five, `7: a, b, c, d, e, ...`. */
export function listed(names: readonly string[]): string {
  return `${names.length}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`;
}
