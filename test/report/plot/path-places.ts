/** The points of the first path whose `d` has lines, after a text. */
export function pathPlaces(d: string): [x: number, y: number][] {
  return [...d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

/** The attribute `d` of all paths with an outline and no filling, in order. */
export function linePaths(svg: string): string[] {
  return [...svg.matchAll(/<path d="([^"]+)" fill="none" stroke=/g)].map(([, d]) => d);
}

/** The places of the tick labels by their text: x of those under the area, y of those left of it. */
export function tickPlaces(svg: string, anchor: 'middle' | 'end'): Map<string, number> {
  const pattern =
    anchor === 'middle'
      ? /<text x="([\d.-]+)" y="[\d.-]+" text-anchor="middle" fill="[^"]*" font-size="11">([^<]*)</g
      : /<text x="[\d.-]+" y="([\d.-]+)" text-anchor="end" fill="[^"]*" font-size="11">([^<]*)</g;
  // The baseline of a label lies 4 units below its tick.
  return new Map(
    [...svg.matchAll(pattern)].map(([, place, text]) => [text, Number(place) - (anchor === 'end' ? 4 : 0)]),
  );
}
