export { Problem } from './problem.js';

export type { Tensor } from './tensor/tensor.js';
export { decodeNpy, encodeNpy } from './tensor/npy.js';
export type { AffineMatrix, Box, Point } from './image/geometry.js';
export { loadOpenCv } from './image/opencv.js';
export type { RasterImage } from './image/raster-image.js';
export { superpixelMethods, type SuperpixelOptions } from './image/superpixels/methods.js';
export type { Segmentation } from './image/superpixels/segmentation.js';

export type { Card } from './model/card.js';
export { loadCard } from './model/load-card.js';
export type { Model } from './model/model.js';
export { openModel, type OpenModelOptions } from './model/open-model.js';
export { resizeToInput } from './model/resize-to-input.js';

export { cropForCard } from './face/crop-for-card.js';
export type { Face } from './face/face.js';
export { openDetector } from './face/open-detector.js';
export { openLandmarkModel } from './face/open-landmark-model.js';
export { regionPolygons } from './face/regions.js';
export { segmentRegions } from './face/segment-regions.js';
export { selectFace } from './face/select-face.js';

export * from './explain/index.js';

export { decodeImage } from './dataset/decode-image.js';
export { renderHeatmapFigure } from './report/figure/render-heatmap-figure.js';
