import { markup, type Markup } from '../markup.js';
import { countText } from '../value-format.js';
import { blockMarkup, tableMarkup } from './blocks.js';
import type { Fact, NotProcessed, Report } from './report.js';
import { styleSheet } from './style.js';

/**
 * The report as one HTML file: images, plots, font and style are inside it, it has no script, and it may load
 * nothing (its content security policy says so). The key result stands first; settings, what was not processed,
 * provenance and how to read it end every report.
 */
export function reportPage(report: Report): string {
  const sections = [
    ...report.sections.map(({ title, blocks }) => ({
      title,
      content: blocks.map((block) => blockMarkup(block, report.photographs)),
    })),
    { title: 'Settings', content: [properties(report.settings)] },
    { title: 'What was not processed', content: notProcessed(report.notProcessed) },
    { title: 'Provenance', content: [properties(report.provenance)] },
    { title: 'How to read this report', content: report.howToRead.map((text) => markup`<p>${text}</p>`) },
  ].map((section, index) => ({ ...section, id: `section-${index + 1}` }));
  const withheld =
    report.photographs === 'withheld' &&
    markup`<p class="maker">This report was made without photographs: maps stand on a neutral gray.</p>`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${report.title}</title>
<style>${styleSheet()}</style>
</head>
<body>
<main>
<header>
<p class="maker">faceprobe report</p>
<h1>${report.title}</h1>
<p class="question">${report.question}</p>
<section class="answer"><h2>Key result</h2>
${report.keyResults.map((text) => markup`<p>${text}</p>\n`)}</section>
<dl class="facts">${report.facts.map(({ name, value }) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
${withheld || undefined}
<nav aria-label="Sections"><ul>${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul></nav>
</header>
${sections.map(({ id, title, content }) => sectionMarkup(id, title, content))}</main>
</body>
</html>
`.text;
}

function sectionMarkup(id: string, title: string, content: readonly Markup[]): Markup {
  return markup`<section id="${id}">
<h2>${title}</h2>
${content}
</section>
`;
}

function properties(facts: readonly Fact[]): Markup {
  const rows = facts.map(
    ({ name, value }) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`,
  );
  return markup`<table class="properties"><tbody>${rows}</tbody></table>`;
}

function notProcessed(inputs: readonly NotProcessed[]): Markup[] {
  if (inputs.length === 0) {
    return [markup`<p>Nothing was skipped and nothing failed.</p>`];
  }
  const reasons = new Map<string, number>();
  for (const { reason } of inputs) {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const counted = [...reasons]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => [reason, countText(count)]);
  const total = inputs.length === 1 ? 'One input gave' : `${countText(inputs.length)} inputs gave`;
  return [
    markup`<p>${total} no result. They are in none of the numbers above.</p>`,
    ...(counted.length < inputs.length
      ? [tableMarkup('By reason', [{ name: 'Reason' }, { name: 'Inputs', numeric: true }], counted)]
      : []),
    tableMarkup(
      'Every one of them',
      [{ name: 'Input' }, { name: 'Reason' }],
      inputs.map(({ file, reason }) => [file, reason]),
    ),
  ];
}
