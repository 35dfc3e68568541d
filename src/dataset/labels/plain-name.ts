/** A name without what people spell differently: case, blanks, `-` and `_` (so `Bona Fide` is `bona_fide`). */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
