import { interFont, interWeights } from '../inter-font.js';
import { trusted, type Markup } from '../markup.js';
import { colourNames, themes } from '../theme.js';

/** The page's style sheet, the font inside it: screen from 360 pixels, A4 paper, light and dark. */
export function styleSheet(): Markup {
  return trusted(`${interWeights.map(fontFace).join('\n')}\n${rules}`);
}

function fontFace(weight: number): string {
  const base64 = interFont('latin', weight).toString('base64');
  return `@font-face { font-family: Inter; font-weight: ${weight}; src: url(data:font/woff2;base64,${base64}) format('woff2'); }`;
}

function variables(theme: keyof typeof themes): string {
  return colourNames.map((name) => `--${name}: ${themes[theme][name]};`).join(' ');
}

const rules = `
:root { color-scheme: light dark; ${variables('light')} }
@media screen and (prefers-color-scheme: dark) {
  :root { ${variables('dark')} }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 Inter, system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
p, figcaption, dd, h1, h2, li { overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.015em; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 .8rem; padding-top: .9rem; border-top: 1px solid var(--rule); }
p { margin: 0 0 .8rem; max-width: 44rem; }
.maker { color: var(--muted); font-size: .85rem; margin: 0 0 1.2rem; }
.question { font-size: 1.1rem; color: var(--muted); margin-bottom: 1.4rem; }
.answer { background: var(--tint); border-left: 4px solid var(--first); padding: 1.1rem 1.3rem .5rem; margin: 0 0 1.6rem; }
.answer h2 { font-size: .8rem; text-transform: uppercase; letter-spacing: .08em; color: var(--muted);
  border: 0; margin: 0 0 .3rem; padding: 0; }
.answer p { max-width: none; }
.answer p:first-of-type { font-size: 1.2rem; line-height: 1.45; font-weight: 700; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .9rem 1.5rem; margin: 0; }
.facts dt { color: var(--muted); font-size: .8rem; }
.facts dd { margin: 0; font-weight: 700; }
nav { margin: 1.8rem 0 0; font-size: .9rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 0; padding: 0; }
a { color: var(--first); }
figure { margin: 1.2rem 0; }
figcaption, caption { color: var(--muted); font-size: .88rem; line-height: 1.45; text-align: left; }
figcaption { margin-top: .5rem; max-width: 44rem; }
img { display: block; max-width: 100%; height: auto; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 1rem 1.5rem; }
.figures figure { margin: .4rem 0; }
.figures img, .withheld { background: #fff; }
.wide { overflow-x: auto; }
.wide img { min-width: 40rem; }
.plot svg { display: block; width: 100%; max-width: 36rem; height: auto; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1.2rem 2rem; align-items: end; }
.plots figure { margin: .4rem 0; align-self: start; }
.scroll { overflow-x: auto; margin: 1.2rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .5rem; }
.scroll caption span { display: block; position: sticky; left: 0; max-width: min(44rem, calc(100vw - 2rem)); }
.scroll td:first-child { min-width: 8.5rem; }
th, td { max-width: 24rem; overflow-wrap: break-word; padding: .4rem 1.1rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { font-weight: 700; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.heat td { background: rgb(213 94 0 / calc(var(--heat, 0) * .55)); padding: .35rem .7rem; border-left: 2px solid var(--paper); white-space: nowrap; }
.heat td:last-child { padding-right: .7rem; }
.heat { min-width: 26rem; }
.heat thead th { padding-left: .7rem; }
.heat th:first-child { padding-left: 0; }
.heat tbody th { font-weight: 400; white-space: nowrap; }
.heat small { display: block; color: var(--muted); font-size: .72rem; }
.properties th { font-weight: 400; color: var(--muted); min-width: 9rem; }
.properties td { max-width: none; overflow-wrap: anywhere; }
.gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); gap: 1.6rem 1.5rem; margin: 1.2rem 0; }
.gallery article > div { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: .4rem; }
.gallery figure { margin: 0; }
.gallery figcaption { font-size: .75rem; margin-top: .25rem; }
.gallery h3 { font-size: .85rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
.gallery p { font-size: .85rem; color: var(--muted); margin: .35rem 0 0; line-height: 1.35; }
.withheld { display: flex; align-items: center; justify-content: center; width: 100%; background: #bdbdbd;
  color: #1a1a1a; font-size: .8rem; text-align: center; padding: .5rem; }
@media (max-width: 30rem) {
  main { padding: 1.4rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  h2 { margin-top: 2.2rem; }
  .facts { grid-template-columns: 1fr 1fr; }
  .properties th, .properties td { display: block; padding: .3rem 0; }
  .properties th { border: 0; padding-bottom: 0; }
  .properties td { padding-top: 0; }
}
@page { size: A4; margin: 17mm 16mm 18mm; }
@media print {
  html { font-size: 10pt; }
  body { font-size: 1rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h1 { font-size: 20pt; }
  h2 { font-size: 13pt; margin-top: 9mm; break-after: avoid; }
  figure, tr, .answer, .properties, .gallery article { break-inside: avoid; }
  p:has(+ .gallery), p:has(+ .figures), caption { break-after: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures figure:only-child { grid-column: 1 / -1; max-width: 125mm; }
  .plots { grid-template-columns: 1fr 1fr; }
  .gallery { grid-template-columns: 1fr 1fr 1fr; gap: 5mm; }
  .wide { overflow-x: auto; }
.wide img { min-width: 40rem; }
.plot svg { max-width: 115mm; }
}
`;
