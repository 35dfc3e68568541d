import type { CatalogueEntry } from '../catalogue-entry.js';

/** Photographs for the demo. */
export const photographs: readonly CatalogueEntry[] = [
  {
    name: 'photographs',
    task: 'photographs',
    what: 'six photographs of people for the demo',
    licence: 'MIT',
    source: { kind: 'package', package: '@vladmandic/face-api', version: '1.7.15' },
    files: [
      ['1', 144516, '8ecae4b267b2d3169e06e00c7dee97097aa2a94635d45216f7732a5f4943cb51'] as const,
      ['2', 181758, '7d2b60ae6f13bf30f422e04df87451081a02c83de469056f25afb44b7000c691'] as const,
      ['3', 221049, '8eb081c9efb14370fa94d9feab9e5fbeafd19a627491853a80c2bf67f7ffa936'] as const,
      ['4', 210824, '729efa5923061d40eb4ed5f267a18cc7b8ba6f852bb2757b16d8b7e4937476fc'] as const,
      ['5', 166400, '6d45095ebb182d8f975c0790e0e4eefd86fbb40609cf4b271776d92e12662938'] as const,
      ['6', 302445, '9baad80f9d5e306fb9b8c0913d44445f1e95848df317530efb03d0934c57ba87'] as const,
    ].map(([number, bytes, sha256]) => ({ path: `demo/sample${number}.jpg`, bytes, sha256 })),
  },
];
