import { classNames, type Card } from '../../../model/card.js';
import { cardInput } from '../../../model/check-card.js';
import { openModel } from '../../../model/open-model.js';
import { decodeModel, extractSubgraph, finalActivation, type OnnxModel } from '../../../onnx/index.js';
import { Problem } from '../../../problem.js';
import { sigmoidDecision, softmaxDecision, type Decision } from '../../../train/decision.js';
import { trainableParameters, type Parameter } from '../../../train/parameters.js';
import type { FinetuneOptions } from './finetune-options.js';

/** A network whose weights are trained further. */
export interface Network {
  readonly card: Card;
  readonly sha256: string;
  readonly model: OnnxModel;
  readonly logits: string;
  readonly parameters: readonly Parameter[];
  readonly decision: Decision;
}

/**
 * Opens a network up to its logits.
 * @throws {Problem} where its card does not say what to learn, or nothing can be trained.
 */
export async function openNetwork(options: FinetuneOptions): Promise<Network> {
  const opened = await openModel(options.model, { card: options.card, threads: 1 });
  await opened.close();
  const { card, sha256 } = opened;
  cardInput(card, opened, options.model);
  if (card.input.width === null || card.input.height === null) {
    throw new Problem(options.model, 'takes images of any size', 'give width and height in its card');
  }
  const model = extractSubgraph(
    decodeModel(opened.onnx, options.model),
    Object.keys(card.outputs),
    [],
    options.model,
  );
  const { logits, decision } = classification(card, model);
  const parameters = trainableParameters(model, { of: logits, from: options.from, name: options.model });
  return { card, sha256, model, logits, parameters, decision };
}

/** The output to learn by: the one that holds the bona fide class, else the only one with classes. */
function classification(card: Card, model: OnnxModel): { logits: string; decision: Decision } {
  const outputs = Object.entries(card.outputs).filter(([, output]) => classNames(output).length > 0);
  const { bonaFide } = card;
  const chosen =
    bonaFide === undefined ? outputs : outputs.filter(([, output]) => classNames(output).includes(bonaFide));
  if (chosen.length !== 1) {
    throw new Problem(
      card.name,
      chosen.length === 0
        ? 'its card describes no output with classes'
        : `its card has ${chosen.length} outputs with classes and names no bona fide class`,
      'say in the card which classes it tells apart, and which of them is bona fide',
    );
  }
  const [[name, output]] = chosen;
  if (output.kind === 'logits') {
    return { logits: name, decision: softmaxDecision(output.classes, bonaFide) };
  }
  const wanted = output.kind === 'probability' ? 'sigmoid' : 'softmax';
  const activation = finalActivation(model, name);
  if (activation?.kind !== wanted) {
    throw new Problem(
      card.name,
      `its output "${name}" does not come out of a ${wanted}, so there are no logits to learn by`,
      'describe the tensor before it as logits, if the graph has one as an output',
    );
  }
  const decision =
    output.kind === 'probability'
      ? sigmoidDecision([output.class, output.other], bonaFide)
      : softmaxDecision(classNames(output), bonaFide);
  return { logits: activation.logits, decision };
}
