/** What may stand in the name of a file and in an id. */
export function plotName(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join('-')
    .replaceAll(/[^\w-]+/g, '-');
}
