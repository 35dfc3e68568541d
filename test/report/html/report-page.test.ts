import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import sharp from 'sharp';

import { reportImage } from '../../../src/report/html/report-image.js';
import { reportPage } from '../../../src/report/html/report-page.js';
import type { Report } from '../../../src/report/html/report.js';
import { writeReport } from '../../../src/report/html/write-report.js';
import { neutralImage } from '../../../src/report/neutral-image.js';
import { rankingPlot } from '../../../src/report/plot/ranking-plot.js';
import { assertBalanced } from '../balanced.js';

const hostile = `<script>alert(1)</script>"><img src=x onerror='y'> & 😀 http://example.test/`;
const photograph = await reportImage(neutralImage(30, 20), { showsPhotograph: true });
const map = await reportImage(neutralImage(10, 20), { showsPhotograph: false });

const report: Report = {
  title: `Title ${hostile}`,
  question: `Question ${hostile}`,
  keyResults: [`Result ${hostile}`],
  facts: [{ name: `Fact ${hostile}`, value: hostile }],
  sections: [
    {
      title: `Section ${hostile}`,
      blocks: [
        { kind: 'text', paragraphs: [hostile] },
        { kind: 'figures', figures: [{ image: map, caption: hostile }] },
        {
          kind: 'plot',
          plot: rankingPlot({
            id: 'plot',
            title: hostile,
            valueLabel: hostile,
            rows: [{ label: hostile, value: 1, n: 1 }],
          }),
          caption: hostile,
        },
        {
          kind: 'table',
          caption: hostile,
          columns: [{ name: hostile }, { name: 'n', numeric: true }],
          rows: [[hostile, '3']],
        },
        {
          kind: 'gallery',
          items: [{ name: hostile, lines: [hostile], images: [{ image: photograph, caption: hostile }] }],
        },
      ],
    },
  ],
  settings: [{ name: 'Grid', value: hostile }],
  notProcessed: [
    { file: hostile, reason: 'no face' },
    { file: 'b.jpg', reason: 'no face' },
    { file: 'c.jpg', reason: 'truncated' },
  ],
  provenance: [{ name: 'Seed', value: '42' }],
  howToRead: [hostile],
  photographs: 'shown',
};

describe('reportPage', () => {
  const page = reportPage(report);

  it('escapes everything from outside', () => {
    assertBalanced(page);
    assert.doesNotMatch(page, /<script|<img src=x|onerror='/);
    assert.ok(page.includes('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;'));
    assert.ok(page.includes('😀'));
  });

  it('is self-contained: nothing in it asks for anything from elsewhere', () => {
    const addresses = [...page.matchAll(/(?:src|href|url|xlink:href)\s*[=(]\s*["']?([^"')\s]+)/g)].map(
      ([, address]) => address,
    );
    assert.ok(addresses.length > 5);
    for (const address of addresses.filter((each) => each !== 'x')) {
      assert.match(address, /^(data:|#)/);
    }
    assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
  });

  it('gives the key result first, and ends with settings, failures, provenance and how to read it', () => {
    const headings = [...page.matchAll(/<h2>([^<]*)<\/h2>/g)].map(([, heading]) => heading.split(' ')[0]);
    assert.deepEqual(headings, ['Key', 'Section', 'Settings', 'What', 'Provenance', 'How']);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) {
      assert.ok(page.includes(`id="${target}"`));
    }
  });

  it('lists every input that was not processed, and counts the reasons', () => {
    assert.match(page, /3 inputs gave no result/);
    assert.match(page, /<td>no face<\/td><td class="number">2<\/td>/);
    assert.match(page, /<td>c\.jpg<\/td><td>truncated<\/td>/);
    assert.match(reportPage({ ...report, notProcessed: [] }), /Nothing was skipped and nothing failed/);
  });

  it('leaves photographs out where they are withheld, and keeps the maps', () => {
    assert.ok(page.includes(photograph.address));
    const withheld = reportPage({ ...report, photographs: 'withheld' });
    assertBalanced(withheld);
    assert.ok(!withheld.includes(photograph.address));
    assert.ok(withheld.includes(map.address));
    assert.match(withheld, /Photograph withheld/);
    assert.match(withheld, /made without photographs/);
  });
});

describe('reportImage', () => {
  it('reduces a wide image and leaves a small one, from samples or from a file', async () => {
    const png = await sharp({ create: { width: 1600, height: 400, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const image = await reportImage(png, { showsPhotograph: false });
    assert.deepEqual([image.width, image.height], [800, 200]);
    assert.deepEqual([photograph.width, photograph.height], [30, 20]);
    const encoded = Buffer.from(image.address.replace('data:image/webp;base64,', ''), 'base64');
    assert.equal((await sharp(encoded).metadata()).format, 'webp');
  });
});

describe('writeReport', () => {
  it('writes one file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faceprobe-'));
    await writeReport(join(folder, 'report.html'), report);
    assert.deepEqual(await readdir(folder), ['report.html']);
    assert.equal(await readFile(join(folder, 'report.html'), 'utf8'), reportPage(report));
    await rm(folder, { recursive: true });
  });
});
