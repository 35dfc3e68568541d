// From photograph to map: decoding, finding the face, preprocessing, hiding 225 windows and adding up, against the bare
// forward passes of the same network on the same number of threads, in turn. Seconds of CPU say the same as the wall
// clock on a machine that is busy with other work. `node bench/explain-occlusion.js [PHOTOGRAPH]`
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
const detector = await openDetector('mtcnn');
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
  const rounds = [];
  for (let round = 0; round < 9; round++) {
    rounds.push({ whole: await time(explain), alone: await time(() => bare(passes)) });
  }
  console.log(`${name}: ${passes} forward passes`);
  for (const clock of ['wall', 'cpu']) {
    const [whole, alone] = ['whole', 'alone'].map((part) =>
      median(rounds.map((round) => round[part][clock])),
    );
    const ratio = median(rounds.map((round) => round.whole[clock] / round.alone[clock]));
    console.log(
      `  ${clock === 'wall' ? 'by the wall clock' : 'by seconds of CPU'}: photograph to map ${whole.toFixed(2)} s, ` +
        `the passes alone ${alone.toFixed(2)} s, ratio ${ratio.toFixed(2)}`,
    );
  }
  await model.close();
}
await detector.close();

/** Seconds by the wall clock, and of CPU in all threads. */
async function time(work) {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
