import { decodeImage } from '../../../dataset/decode-image.js';
import { encodeImage } from '../../../dataset/encode-image.js';
import { outputPath } from '../../../dataset/output-path.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { colourMap } from '../../../image/colour-map/colour-map.js';
import { rangeScale } from '../../../image/colour-map/colour-scale.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { RasterImage } from '../../../image/raster-image.js';
import type { Task } from '../../../jobs/task.js';
import { type Card, classNames } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { attributeScores } from '../../../model/outputs/attribute-scores.js';
import { bonaFideScore } from '../../../model/outputs/bona-fide-score.js';
import { classScores } from '../../../model/outputs/class-scores.js';
import { type OutputMap, outputMaps } from '../../../model/outputs/output-maps.js';
import { outputRow } from '../../../model/outputs/output-row.js';
import { encodeNpy } from '../../../tensor/npy.js';
import { FaceFinder } from '../../faces/face-finder.js';
import type { FaceTools } from '../../faces/face-tools.js';
import { faceView, wholeView } from '../../faces/face-view.js';
import type { ImageItem } from '../../image-items.js';
import { runImages } from '../../score/run-images.js';
import type { ChannelFacts, ImageAnalysis, MapFacts } from './analysis-result.js';
import { mapPicture, scaleOfMap } from './map-picture.js';

export interface AnalyseTaskOptions {
  readonly folder: string;
  readonly model: string;
  readonly card: Card;
  readonly aligned: boolean;
  readonly photos: boolean;
  readonly colormap: string;
  readonly tools: FaceTools;
  /** Threads of one forward pass. */
  readonly threads: number;
}

/** Differences within a map below this share of its values are rounding. */
const flatness = 1e-6;

/** Reads every output of a model for one image after the other. */
export default async function startAnalysing(
  options: AnalyseTaskOptions,
): Promise<Task<ImageItem, ImageAnalysis>> {
  const { card, aligned, photos, threads, folder } = options;
  const cv = await loadOpenCv();
  const finder = new FaceFinder(options.tools);
  const model = await openModel(options.model, { card, inline: true, threads });
  const colours = colourMap(options.colormap);

  return {
    async run({ name, file }) {
      const { image, notes } = await decodeImage(file, { name });
      const view = aligned ? wholeView(image) : await faceView(cv, finder, card.input, image);
      const outputs = await runImages(cv, model, [view.image]);
      const scores = classScores(card, outputs, 0);
      const described = Object.entries(card.outputs);
      const box = view.face?.box;
      return {
        pAttack: 1 - bonaFideScore(card, outputs, 0),
        classes: Object.fromEntries(
          described.flatMap(([output, each]) => {
            const names = classNames(each);
            return names.length === 0
              ? []
              : [[output, Object.fromEntries(names.map((own) => [own, scores[own]]))]];
          }),
        ),
        attributes: attributeScores(card, outputs, 0),
        numbers: Object.fromEntries(
          described.flatMap(([output, each]) => {
            if (each.kind !== 'regression') return [];
            const { quantity, unit } = each;
            return [[output, { quantity, unit, value: outputRow(card, outputs, output, 0)[0] }]];
          }),
        ),
        maps: await Promise.all(outputMaps(card, outputs, 0).map((map) => written(name, map))),
        face: photos ? await picture(`${name}/face.png`, view.image) : null,
        box: box === undefined ? null : [box.x, box.y, box.width, box.height],
        notes,
      };
    },
  };

  async function written(name: string, output: OutputMap): Promise<MapFacts> {
    const { map, meaning, channels } = output;
    const [, height, width] = map.shape;
    const drawn = scaleOfMap(map.data);
    const npy = `maps/${name}/${output.output}.npy`;
    await writeFileAtomic(outputPath(folder, npy), encodeNpy(map));
    return {
      output: output.output,
      meaning,
      width,
      height,
      channels: channels.map((channel, at) =>
        channelFacts(channel, map.data.subarray(at * width * height, (at + 1) * width * height)),
      ),
      npy,
      picture: await picture(`${name}/${output.output}.png`, mapPicture(cv, output, colours, drawn)),
      drawn,
    };
  }

  async function picture(path: string, image: RasterImage): Promise<string> {
    const relative = `pictures/${path}`;
    await writeFileAtomic(outputPath(folder, relative), await encodeImage(image, 'png'));
    return relative;
  }
}

function channelFacts(channel: string, values: Float32Array): ChannelFacts {
  const { minimum, maximum } = rangeScale(values);
  return {
    channel,
    minimum,
    maximum,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    flat: maximum - minimum <= flatness * Math.max(1, Math.abs(minimum), Math.abs(maximum)),
  };
}
