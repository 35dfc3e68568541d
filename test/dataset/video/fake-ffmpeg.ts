import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Stand-ins for ffmpeg and ffprobe in a folder of their own at the front of the PATH: tests need no ffmpeg. A "video" is a
 * JSON file: `{ "rate": "10/1", "width": 2, "height": 1, "frames": [10, 20], "exit": 0, "says": "" }`, each frame one gray
 * value.
 */
export class FakeFfmpeg {
  readonly folder = mkdtempSync(join(tmpdir(), 'faceprobe-ffmpeg-'));
  readonly #path = process.env.PATH;

  constructor() {
    const script = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
if (args.includes('-version')) { console.log('ffmpeg version 6.0'); process.exit(0); }
writeFileSync(${JSON.stringify(join(this.folder, 'arguments.json'))}, JSON.stringify(args));
let video;
try {
  video = JSON.parse(readFileSync(args[args.indexOf('-i') + 1].replace(/^file:/, ''), 'utf8'));
} catch { console.error('Invalid data found when processing input'); process.exit(1); }
if (process.argv[1].endsWith('ffprobe')) {
  const stream = { avg_frame_rate: video.rate, nb_read_frames: String(video.frames.length) };
  console.log(JSON.stringify({ streams: video.audio ? [] : [stream], format: { duration: '1.5' } }));
  process.exit(0);
}
const filter = args.includes('-vf') ? args[args.indexOf('-vf') + 1] : '';
const every = Number(/mod\\(n\\\\,(\\d+)\\)/.exec(filter)?.[1] ?? 1);
const chosen = [...filter.matchAll(/eq\\(n\\\\,(\\d+)\\)/g)].map(([, n]) => Number(n));
video.frames.forEach((gray, n) => {
  if (n % every !== 0 || (chosen.length > 0 && !chosen.includes(n))) return;
  process.stdout.write('P6\\n' + video.width + ' ' + video.height + '\\n255\\n');
  process.stdout.write(Buffer.alloc(3 * video.width * video.height, gray));
});
if (video.says) console.error(video.says);
process.exitCode = video.exit ?? 0;
`;
    for (const name of ['ffmpeg', 'ffprobe']) {
      const file = join(this.folder, name);
      writeFileSync(file, script);
      chmodSync(file, 0o755);
    }
    process.env.PATH = `${this.folder}${delimiter}${process.env.PATH ?? ''}`;
  }

  remove(): void {
    process.env.PATH = this.#path;
    rmSync(this.folder, { recursive: true });
  }
}
