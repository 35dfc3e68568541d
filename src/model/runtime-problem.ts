import { Problem } from '../problem.js';

/** ONNX Runtime did not load the graph: says which model and why, in one line. */
export function refusedModel(name: string, error: unknown): Problem {
  return new Problem(
    name,
    `ONNX Runtime cannot load it: ${firstLine(error)}`,
    'check that the file is a complete ONNX model of a supported opset',
    { cause: error },
  );
}

/** ONNX Runtime did not run the graph on the given feeds. */
export function refusedRun(name: string, error: unknown): Problem {
  return new Problem(
    name,
    `ONNX Runtime cannot run it: ${firstLine(error)}`,
    "compare the card's input with `faceprobe models inspect`",
    { cause: error },
  );
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0].trim();
}
