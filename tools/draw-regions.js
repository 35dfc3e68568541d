// Draws docs/face-regions.svg: the regions on the mean frontal face, with the 68 landmarks. Run after a build.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { faceRegionPolygons } from '../build/src/face/regions.js';
import { frontalLandmarks } from '../build/test/face/landmarks68.js';

const [width, height] = [440, 400];
const landmarks = frontalLandmarks([width / 2, 160]);
const colours = {
  forehead: '#8c6d31',
  left_eyebrow: '#d6616b',
  right_eyebrow: '#843c39',
  left_eye: '#3182bd',
  right_eye: '#6baed6',
  nose: '#31a354',
  left_cheek: '#e6550d',
  right_cheek: '#fdae6b',
  mouth: '#756bb1',
  chin: '#7b4173',
  jaw: '#969696',
};
/** Names that would hide what they name stand this much lower; the jaw's middle lies inside the face. */
const below = { left_eye: 14, right_eye: 14, jaw: 94, mouth: 26 };
const number = (value) => value.toFixed(1);
const points = (polygon) => polygon.map(([x, y]) => `${number(x)},${number(y)}`).join(' ');

const areas = Object.entries(faceRegionPolygons(landmarks)).map(
  ([name, polygon]) =>
    `<polygon points="${points(polygon)}" fill="${colours[name]}" fill-opacity="0.45" stroke="${colours[name]}"><title>${name}</title></polygon>`,
);
const labels = Object.entries(faceRegionPolygons(landmarks)).map(([name, polygon]) => {
  const x = polygon.reduce((sum, point) => sum + point[0], 0) / polygon.length;
  const y = polygon.reduce((sum, point) => sum + point[1], 0) / polygon.length + (below[name] ?? 0);
  return `<text x="${number(x)}" y="${number(y + 3)}" text-anchor="middle" font-size="7">${name.replace('_', ' ')}</text>`;
});
const dots = landmarks.map(
  ([x, y], i) =>
    `<circle cx="${number(x)}" cy="${number(y)}" r="1.4"/><text x="${number(x + 2)}" y="${number(y - 2)}" font-size="5">${i}</text>`,
);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * 2}" height="${height * 2}" font-family="sans-serif" font-size="8">
<title>The eleven regions on the mean frontal face, with the 68 landmarks</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...areas, ...dots, ...labels].join('\n')}
<text x="12" y="${height - 14}">the subject’s right</text>
<text x="${width - 12}" y="${height - 14}" text-anchor="end">the subject’s left</text>
</svg>
`;
writeFileSync(fileURLToPath(new URL('../docs/face-regions.svg', import.meta.url)), svg);
