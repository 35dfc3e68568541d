export * from './occlusion.js';
export * from './parse-target.js';
export type * from './saliency-map.js';
export * from './target.js';
