/**
 * The band of an age in years, by default its decade: `20-29`; `0-9` sorts before the others and nothing lies above an age
 * of 109.
 *
 * @param width years in a band
 * @returns undefined where the text is no age
 */
export function ageBand(age: string, width = 10): string | undefined {
  const years = Number(age);
  if (age.trim() === '' || !(years >= 0 && years < 110)) return undefined;
  const first = Math.floor(years / width) * width;
  return `${first}-${first + width - 1}`;
}
