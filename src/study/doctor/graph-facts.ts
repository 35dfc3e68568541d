import { draftCard } from '../../model/draft-card.js';
import type { Card, CardInput } from '../../model/card.js';
import { type OutputFacts, outputFacts } from '../../model/doctor/output-facts.js';
import { graphInfo } from '../../model/graph-info.js';
import type { Session } from '../../model/session.js';
import { makeBatchDynamic, opsetVersion, type OnnxModel } from '../../onnx/index.js';
import { type InputArithmetic, inputArithmetic } from '../../onnx/inspect/input-arithmetic.js';
import { outputEndings } from '../../onnx/inspect/output-ending.js';
import { undifferentiable } from '../../onnx/inspect/undifferentiable.js';
import { Problem } from '../../problem.js';
import { RandomState } from '../../tensor/random.js';
import { elementCount } from '../../tensor/tensor.js';

/** What a network's file and its behaviour on plain images say about it. */
export interface GraphFacts {
  readonly opset: number;
  readonly input: {
    readonly name: string;
    readonly layout: CardInput['layout'];
    readonly channels: 1 | 3;
    /** Pixels; `null` where the network takes any size. */
    readonly width: number | null;
    readonly height: number | null;
    /** Whether several images can go through at once, and why not. */
    readonly batch: {
      readonly declared: number | string;
      readonly free: boolean;
      readonly reason: string | null;
    };
    /** The normalisation that is part of the graph. */
    readonly arithmetic: InputArithmetic | null;
  };
  readonly outputs: readonly (OutputFacts & {
    /** Why its gradient cannot be computed; `null` where it can. */
    readonly noGradient: string | null;
  })[];
  /** Plain inputs on which an output is NaN or infinite, in words. */
  readonly notFinite: readonly string[];
}

/** Side of the probe's images where the network takes any size. */
const freeSide = 112;

/**
 * Looks at a network: its declaration, its graph, and its outputs on plain black, gray and white images in the usual
 * ranges and on noise.
 *
 * @param session the prepared network, and those of its outputs that are looked at.
 * @throws {Problem} where no input takes gray or colour images.
 */
export async function graphFacts(
  name: string,
  model: OnnxModel,
  session: Pick<Session, 'run' | 'outputs'>,
): Promise<GraphFacts> {
  const draft: Card = draftCard(name, graphInfo(model));
  const { layout, channels, width, height } = draft.input;
  const declared = model.graph.inputs.find((input) => input.name === draft.input.name)!;
  const { rows, names } = plainInputs(draft.input);
  const feed = draft.input.name!;
  const outputs = await session.run(
    { [feed]: rows },
    session.outputs.map((output) => output.name),
  );
  const endings = outputEndings(model);
  const notFinite = Object.entries(outputs).flatMap(([output, tensor]) => {
    const size = elementCount(tensor.shape.slice(1));
    return names
      .filter((_, i) => !tensor.data.subarray(i * size, (i + 1) * size).every(Number.isFinite))
      .map((plain) => `${output} on ${plain}`);
  });
  return {
    opset: opsetVersion(model),
    input: {
      name: feed,
      layout,
      channels: channels === 'gray' ? 1 : 3,
      width,
      height,
      batch: { declared: declared.shape?.[0] ?? 'any', ...freeBatch(model) },
      arithmetic: inputArithmetic(model).find(({ input }) => input === feed) ?? null,
    },
    outputs: session.outputs.map((output) => ({
      ...outputFacts(output.name, endings[output.name] ?? 'other', outputs[output.name]),
      noGradient: undifferentiable(model, output.name, feed) ?? null,
    })),
    notFinite,
  };
}

function freeBatch(model: OnnxModel): { free: boolean; reason: string | null } {
  try {
    makeBatchDynamic(model);
    return { free: true, reason: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { free: false, reason: error.why };
  }
}

const plain: readonly (readonly [name: string, value: number])[] = [
  ['black as -1', -1],
  ['black as 0 (or gray of -1..1)', 0],
  ['gray as 0.5', 0.5],
  ['white as 1', 1],
  ['gray as 127.5', 127.5],
  ['white as 255', 255],
];

function plainInputs(input: CardInput) {
  const [width, height] = [input.width ?? freeSide, input.height ?? freeSide];
  const channels = input.channels === 'gray' ? 1 : 3;
  const size = width * height * channels;
  const random = new RandomState(0);
  const data = new Float32Array((plain.length + 2) * size);
  plain.forEach(([, value], row) => data.fill(value, row * size, (row + 1) * size));
  for (let i = 0; i < size; i++) {
    data[plain.length * size + i] = random.uniform(-1, 1);
    data[(plain.length + 1) * size + i] = random.integer(0, 256);
  }
  const rows = plain.length + 2;
  const shape = input.layout === 'NCHW' ? [rows, channels, height, width] : [rows, height, width, channels];
  return {
    rows: { data, shape },
    names: [...plain.map(([name]) => name), 'noise in -1..1', 'noise in 0..255'],
  };
}
