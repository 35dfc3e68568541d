export * from './occlusion.js';
export type * from './saliency-map.js';
export type * from './target.js';
