import { availableParallelism } from 'node:os';
import { basename, extname } from 'node:path';
import { type Card, classNames } from '../../model/card.js';
import { cardInput, checkCard } from '../../model/check-card.js';
import { mostClasses } from '../../model/doctor/class-order.js';
import type { Preprocessing } from '../../model/doctor/candidates.js';
import type { OutputFacts } from '../../model/doctor/output-facts.js';
import { draftCard } from '../../model/draft-card.js';
import { type FoundCard, lookForCard } from '../../model/find-card.js';
import { graphInfo } from '../../model/graph-info.js';
import { openGraph } from '../../model/open-graph.js';
import { prepareInWorker } from '../../model/prepare/prepare-in-worker.js';
import { readModelFile } from '../../model/read-model-file.js';
import type { OnnxModel } from '../../onnx/index.js';
import { elementCount } from '../../tensor/tensor.js';
import { Problem } from '../../problem.js';
import { runOneTask } from '../../jobs/run-one-task.js';
import { type FaceOptions, faceTools } from '../faces/face-tools.js';
import type { StudyContext } from '../study.js';
import type { Answer, DecideTaskOptions, Question } from './decide.task.js';
import type { Diagnosis, Findings } from './doctor-findings.js';
import { type DoctorSamples, doctorSamples, type SampleOptions } from './doctor-samples.js';
import type { FixedInput } from './doctor.task.js';
import { graphFacts, type GraphFacts } from './graph-facts.js';
import { VariantRuns } from './run-variants.js';
import { firstStage, type SearchSpace, secondStage, thirdStage } from './search-variants.js';
import { preprocessingOf, type Variant, variantKey } from './variant.js';

export interface DoctorOptions extends FaceOptions, SampleOptions {
  /** What the user calls the model, its file, and what is in it. */
  readonly reference: string;
  readonly file: string;
  readonly model: OnnxModel;
  /** The card to judge, looked for where left out; `false`: none, whatever there is. */
  readonly card?: string | false | undefined;
  /** The images are what the model sees: no face is looked for, and no crop is tried. */
  readonly aligned?: boolean | undefined;
  /** The output to look at, where several could be meant. */
  readonly output?: string | undefined;
  /** The size to feed where the network takes any. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** Resamples of the bootstrap. */
  readonly resamples: number;
  readonly workers?: number | undefined;
}

/** How often the neighbours of the best are tried, where one of them turns out to be better. */
const thirdRounds = 4;
/** Share of the images with a face below which only whole images are tried. */
const fewestFaces = 0.5;

/**
 * Looks at a model and, where images or pairs with known answers are given, finds out how it wants its input.
 * @throws {Problem} where the model cannot be run, the answers cannot be used, or none fits the output.
 */
export async function doctor(options: DoctorOptions, context: StudyContext): Promise<Findings> {
  const start = performance.now();
  const { reference, file, model } = options;
  const samples = await doctorSamples(options);
  const modelFile = await readModelFile(file);
  const { onnx, ownOutputs } = await prepareInWorker(modelFile, reference);
  const session = await openGraph(onnx, reference, { threads: 1 });
  // Behind the model's own outputs come the logits of its probabilities.
  const declared = { inputs: session.inputs, outputs: session.outputs.slice(0, ownOutputs) };
  let graph: GraphFacts;
  let card: FoundCard | undefined;
  let problem: string | null = null;
  try {
    graph = await graphFacts(reference, model, {
      outputs: declared.outputs,
      run: (feeds, outputs) => session.run(feeds, outputs),
    });
    try {
      const { card: given } = options;
      if (given !== false) card = await lookForCard({ file, sha256: modelFile.sha256 }, { card: given });
      if (card !== undefined) checkCard(card.card, declared, card.source);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem = error.message;
    }
  } finally {
    await session.close();
  }
  const usable = problem === null ? card?.card : undefined;
  const diagnosis =
    samples === undefined
      ? null
      : await findPreprocessing({ options, context, samples, graph, onnx, card: usable });
  return {
    model: { reference, file, sha256: modelFile.sha256 },
    card:
      card === undefined && problem === null
        ? null
        : { source: card?.source ?? (options.card === false ? file : (options.card ?? file)), problem },
    graph,
    diagnosis,
    seed: options.seed,
    seconds: (performance.now() - start) / 1000,
  };
}

interface Search {
  readonly options: DoctorOptions;
  readonly context: StudyContext;
  readonly samples: DoctorSamples;
  readonly graph: GraphFacts;
  readonly onnx: Uint8Array;
  readonly card: Card | undefined;
}

async function findPreprocessing(search: Search): Promise<Diagnosis> {
  const { options, context, samples, graph, onnx, card } = search;
  const { reference, seed, aligned = false } = options;
  const output = outputOf(search);
  const input = fixedInput(search);
  const { tools } = await faceTools(
    options,
    { detector: !aligned, landmarks: !aligned && options.detector !== 'mtcnn' },
    context,
  );
  // What is aligned already is fed whole, whatever the card's crop was.
  const asFed =
    card === undefined || !aligned ? card?.input : { ...card.input, crop: { kind: 'whole' as const } };
  const workers = options.workers ?? availableParallelism();
  const runs = new VariantRuns(
    { onnx, model: reference, input, output: output.name, tools },
    workers,
    context,
  );
  const space: SearchSpace = {
    channels: graph.input.channels,
    raw: graph.input.arithmetic !== null,
    habit: samples.kind === 'pairs' ? 'verification' : samples.bonaFide === undefined ? 'attribute' : 'pad',
    faces: !aligned,
    card: asFed,
  };
  await runs.run('first: colours', samples.images, firstStage(space));
  const read = samples.images.filter(({ name }) => !runs.lost.has(name));
  const withFace = read.filter(({ name }) => runs.hasFace(name));
  const faces = !aligned && withFace.length >= fewestFaces * read.length;
  const usable = new Set((faces ? withFace : read).map(({ name }) => name));
  const images = samples.images.filter(({ name }) => usable.has(name));
  const own = asFed === undefined ? undefined : preprocessingOf(asFed);
  const decideOptions = (): DecideTaskOptions => {
    return { samples, output, usable, values: runs.values, resamples: options.resamples, seed };
  };
  // The comparisons take seconds.
  const decide = (question: Question) =>
    runOneTask<Answer>(new URL('./decide.task.js', import.meta.url), decideOptions(), question);
  const ofCard = () => (own === undefined ? undefined : runs.values.variants.find(isOf(own)));
  // Of whole images the first stage has tried everything.
  if (faces) {
    const ranked = variantsOf(await decide({ kind: 'ranking' }));
    await runs.run('second: crops', images, secondStage(space, ranked));
    let best: Variant | undefined;
    for (let round = 0; round < thirdRounds; round++) {
      const [next] = variantsOf(await decide({ kind: 'leader', card: ofCard() }));
      if (best !== undefined && variantKey(best.preprocessing) === variantKey(next.preprocessing)) break;
      best = next;
      await runs.run('third: neighbours of the best', images, thirdStage(space, best));
    }
  }

  const skipped = samples.images.flatMap(({ name }) => {
    const lost = runs.lost.get(name);
    if (lost !== undefined) return [{ image: name, reason: lost }];
    return usable.has(name) ? [] : [{ image: name, reason: `${options.detector} finds no face` }];
  });
  const notes = [...samples.notes];
  if (skipped.length > 0)
    notes.push(
      `${skipped.length === 1 ? 'one image' : `${skipped.length} images`} could not be used; --json names each`,
    );
  if (!faces && !aligned) {
    notes.push(
      `a face was found in ${withFace.length} of ${read.length} images only: they are taken for crops, and no crop was tried`,
    );
  }
  const answer = await decide({
    kind: 'diagnosis',
    parts: {
      input,
      crop: aligned ? card?.input.crop : undefined,
      card,
      base: card ?? draftCard(basename(options.file, extname(options.file)), graphInfo(options.model)),
      cardVariant: ofCard(),
      skipped,
      notes,
    },
  });
  if ('diagnosis' in answer) return answer.diagnosis;
  throw new Error('A diagnosis was asked for.');
}

function variantsOf(answer: Answer): readonly Variant[] {
  return 'variants' in answer ? answer.variants : [];
}

/** The output that the answers are about. */
function outputOf({ options, samples, graph, card }: Search): OutputFacts {
  const { reference, output: wanted } = options;
  const list = (outputs: readonly OutputFacts[]) =>
    outputs.map(({ name, shape, nature }) => `${name} [${shape.join(', ')}] (${nature})`).join(', ');
  if (wanted !== undefined) {
    const named = graph.outputs.find(({ name }) => name === wanted);
    // A short vector may be an embedding where the user says so.
    const usable =
      named !== undefined && (samples.kind === 'pairs' ? named.nature !== 'other' : fits(named, samples));
    if (usable) return named;
    if (named !== undefined) {
      throw new Problem(
        `--output ${wanted}`,
        `does not fit ${samples.kind === 'pairs' ? 'pairs' : `labels of ${samples.labels.length} classes`}`,
        `${reference} has ${list(graph.outputs)}`,
      );
    }
    throw new Problem(`--output ${wanted}`, `is no output of ${reference}`, `it has ${list(graph.outputs)}`);
  }
  const fitting = graph.outputs.filter((output) =>
    card === undefined ? fits(output, samples) : fitsByCard(card, output, samples),
  );
  if (fitting.length === 1) return fitting[0];
  const asked =
    samples.kind === 'pairs'
      ? 'pairs need an embedding'
      : `labels of ${samples.labels.length} classes need an output of classes`;
  throw new Problem(
    reference,
    fitting.length === 0
      ? `${asked}; it has ${list(graph.outputs)}`
      : `${asked}, and several could be meant: ${list(fitting)}`,
    'name one with --output, or give the other kind of answers (--images or --pairs)',
  );
}

function fits({ nature, shape }: OutputFacts, samples: DoctorSamples): boolean {
  if (samples.kind === 'pairs') return nature === 'embedding';
  const length = elementCount(shape);
  if (length === 1) return samples.labels.length === 2 && (nature === 'probability' || nature === 'number');
  const classes = nature === 'logits' || nature === 'probabilities';
  return classes && length >= samples.labels.length && length <= mostClasses;
}

function fitsByCard(card: Card, output: OutputFacts, samples: DoctorSamples): boolean {
  if (!(output.name in card.outputs)) return false;
  const described = card.outputs[output.name];
  if (samples.kind === 'pairs') return described.kind === 'embedding';
  return classNames(described).length > 0 && fits(output, samples);
}

function fixedInput({ options, graph, card }: Search): FixedInput {
  const { name, layout } = graph.input;
  const width = graph.input.width ?? options.size?.width ?? card?.input.width;
  const height = graph.input.height ?? options.size?.height ?? card?.input.height;
  if (width == null || height == null) {
    throw new Problem(
      options.reference,
      'takes images of any size',
      'say which to try with --size, such as 112',
    );
  }
  if (card !== undefined) cardInput(card, graphInfo(options.model), options.reference);
  return { name, layout, width, height };
}

function isOf(preprocessing: Preprocessing): (variant: Variant) => boolean {
  const key = variantKey(preprocessing);
  return (variant) => variantKey(variant.preprocessing) === key;
}
