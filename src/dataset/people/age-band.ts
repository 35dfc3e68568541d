/**
 * The decade of an age in years: `20-29`; `0-9` sorts before the others and nothing lies above `100-109`.
 *
 * @returns undefined where the text is no age
 */
export function ageBand(age: string): string | undefined {
  const years = Number(age);
  if (age.trim() === '' || !(years >= 0 && years < 110)) return undefined;
  const decade = Math.floor(years / 10) * 10;
  return `${decade}-${decade + 9}`;
}
