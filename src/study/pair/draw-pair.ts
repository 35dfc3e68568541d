import type { PairExplanation, PairMaps } from '../../explain/pair-explanation.js';
import { rangeScale, symmetricScale } from '../../image/colour-map/colour-scale.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { Tensor } from '../../tensor/tensor.js';
import { renderHeatmapFigure } from '../../report/figure/render-heatmap-figure.js';
import { renderPairFigure } from '../../report/figure/render-pair-figure.js';

/** How the figures of a pair are drawn; the colours are those of the paper. */
export interface PairFigureSettings {
  readonly alpha: number;
  readonly dpi: number;
  /** Whether photographs may be shown. */
  readonly photos: boolean;
}

/** One image of the pair as the model sees it. */
export interface PairView {
  readonly name: string;
  readonly image: RasterImage;
}

/** The maps of one image, with the colours of the paper. */
export const mapKinds = [
  { kind: 'positive', colourMap: 'Greens', label: 'for a match', values: 'evidence for a match' },
  { kind: 'negative', colourMap: 'Reds', label: 'against a match', values: 'evidence against a match' },
  {
    kind: 'combined',
    colourMap: 'RdYlGn',
    label: 'for minus against',
    values: 'evidence for a match minus evidence against it',
  },
] as const;

/** The scale of each kind of map: one for both halves, and one around 0 for their difference. */
export function mapScales(maps: readonly PairMaps[]) {
  const halves = rangeScale(maps.flatMap(({ positive, negative }) => [...positive, ...negative]));
  const combined = symmetricScale(maps.flatMap((each) => [...each.combined]));
  return { positive: halves, negative: halves, combined };
}

/** The overlays of one image, as PNG by the kind of map. */
export async function drawOverlays(
  { name, image }: PairView,
  maps: PairMaps,
  decision: string,
  { alpha, dpi, photos }: PairFigureSettings,
): Promise<Record<(typeof mapKinds)[number]['kind'], Uint8Array>> {
  const scale = mapScales([maps]);
  const entries = mapKinds.map(async ({ kind, colourMap, values }) => {
    const figure = await renderHeatmapFigure({
      title: name,
      subtitle: decision,
      photograph: photos ? image : { width: image.width, height: image.height },
      map: tensor(maps, kind),
      colourMap,
      scale: scale[kind],
      colourBarLabel: values,
      alpha,
      dpi,
    });
    return [kind, figure] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<
    (typeof mapKinds)[number]['kind'],
    Uint8Array
  >;
}

/** Both images with all their maps in one figure, as PNG. */
export function drawPair(
  title: string,
  views: { readonly a: PairView; readonly b: PairView },
  { a, b }: Pick<PairExplanation, 'a' | 'b'>,
  lines: readonly string[],
  { alpha, dpi, photos }: PairFigureSettings,
): Promise<Uint8Array> {
  const scale = mapScales([a, b]);
  const row = ({ name, image }: PairView, maps: PairMaps) => ({
    label: name,
    photograph: photos ? image : { width: image.width, height: image.height },
    maps: mapKinds.map(({ kind }) => tensor(maps, kind)),
  });
  return renderPairFigure({
    title,
    lines,
    rows: [row(views.a, a), row(views.b, b)],
    columns: mapKinds.map(({ kind, colourMap, label }) => ({ label, colourMap, scale: scale[kind] })),
    alpha,
    dpi,
  });
}

function tensor(maps: PairMaps, kind: 'positive' | 'negative' | 'combined'): Tensor {
  return { data: maps[kind], shape: [maps.height, maps.width] };
}
