/** The text, or its beginning and an ellipsis in at most `letters` letters. */
export function shortened(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}
