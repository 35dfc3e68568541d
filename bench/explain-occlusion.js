// From photograph to map: decoding, preprocessing, hiding 225 windows and adding up, against the bare forward passes of
// the same network on the same number of threads. `node bench/explain-occlusion.js [PHOTOGRAPH]`
import { decodeImage } from '../build/src/dataset/decode-image.js';
import { explainOcclusion } from '../build/src/explain/occlusion.js';
import { cropForCard } from '../build/src/face/crop-for-card.js';
import { openDetector } from '../build/src/face/open-detector.js';
import { selectFace } from '../build/src/face/select-face.js';
import { loadOpenCv } from '../build/src/image/opencv.js';
import { openModel } from '../build/src/model/open-model.js';
import { resizeToInput } from '../build/src/model/resize-to-input.js';
import { pullModels } from '../build/src/model/zoo/pull-models.js';

const cv = await loadOpenCv();
const { photographs } = await pullModels(['photographs']);
const photograph = process.argv[2] ?? photographs[0];
const detector = await openDetector('mtcnn', { threads: 2 });
await detector.detect((await decodeImage(photograph)).image);

for (const name of ['fr_liveness', 'fr_feature']) {
  const model = await openModel(name);
  const { input } = model.card;
  const side = input.width / 8;
  const plan = {
    kind: 'windows',
    window: { width: side, height: side },
    stride: { width: side / 2, height: side / 2 },
  };
  const target = { kind: model.card.bonaFide === undefined ? 'self-similarity' : 'bona-fide' };

  const explain = async () => {
    const { image: photo } = await decodeImage(photograph);
    const face = selectFace(await detector.detect(photo));
    const view = resizeToInput(cv, input, cropForCard(cv, input, photo, face).image);
    return explainOcclusion(cv, model, view, target, { plan });
  };
  const bare = async (passes) => {
    const row = 3 * input.width * input.height;
    const data = Float32Array.from({ length: 16 * row }, (_, at) => Math.sin(at));
    const feed = { [model.inputs[0].name]: { data, shape: [16, 3, input.height, input.width] } };
    const batches = Array.from({ length: Math.ceil(passes / 16) }, () => model.run(feed));
    await Promise.all(batches);
  };

  const { map } = await explain();
  const passes = map.provenance.forwardPasses;
  await bare(passes);
  const seconds = { explain: [], bare: [] };
  for (let round = 0; round < 5; round++) {
    seconds.explain.push(await time(explain));
    seconds.bare.push(await time(() => bare(passes)));
  }
  const [whole, alone] = [median(seconds.explain), median(seconds.bare)];
  console.log(
    `${name}: photograph to map ${whole.toFixed(2)} s, ${passes} forward passes alone ${alone.toFixed(2)} s, ` +
      `ratio ${(whole / alone).toFixed(2)}`,
  );
  await model.close();
}
await detector.close();

async function time(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
