import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkGraph } from '../../../src/onnx/edit/check-graph.js';
import { extractSubgraph, pruneDeadNodes } from '../../../src/onnx/edit/extract-subgraph.js';
import { promoteToOutput } from '../../../src/onnx/edit/promote-to-output.js';
import { attribute } from '../../../src/onnx/attributes.js';
import type { Graph } from '../../../src/onnx/graph.js';
import { GraphBuilder } from '../../../src/onnx/graph-builder.js';
import { Problem } from '../../../src/problem.js';
import { noise, run } from '../run.js';
import { floatInfo, modelOf, tinyClassifier } from '../tiny-model.js';

const x = [noise(50), [1, 2, 5, 5]] as const;

describe('promoteToOutput', () => {
  it('gives the tensors of the forward pass beside the outputs', async () => {
    const model = promoteToOutput(tinyClassifier(), ['relu', 'y', 'pooled']);
    const results = await run(model, { x });
    assert.deepEqual(Object.keys(results), ['y', 'relu', 'pooled']);
    assert.deepEqual(model.graph.outputs[1], floatInfo('relu', [1, 3, 5, 5]));
    const mean = results.relu.data.subarray(0, 25).reduce((sum, value) => sum + value, 0) / 25;
    assert.ok(Math.abs(mean - results.pooled.data[0]) < 1e-6);
  });

  it('names near tensors where there is none of the name', () => {
    assert.throws(
      () => promoteToOutput(tinyClassifier(), ['rely'], 'm.onnx'),
      (error) => error instanceof Problem && /m\.onnx.*"rely".*relu/.test(error.message),
    );
  });
});

describe('extractSubgraph', () => {
  it('cuts a model into two halves that give the whole', async () => {
    const model = tinyClassifier();
    const front = extractSubgraph(model, ['relu']);
    const back = extractSubgraph(model, ['y'], ['relu']);
    assert.deepEqual([...front.graph.initializers.keys()], ['w', 'b']);
    assert.deepEqual(
      [...back.graph.initializers.keys()],
      ['bias', 'fc'].sort((a) => (a === 'fc' ? -1 : 1)),
    );
    const middle = (await run(front, { x })).relu;
    const halves = await run(back, { relu: [middle.data, middle.shape] });
    assert.deepEqual(halves.y, (await run(model, { x })).y);
  });

  it('keeps what a subgraph reads from outside', async () => {
    const branch = (name: string): Graph => {
      const b = new GraphBuilder();
      b.node('Neg', ['doubled'], {}, { outputs: [name] });
      return b.build({ outputs: [floatInfo(name, [2])] });
    };
    const b = new GraphBuilder();
    b.node('Add', ['x', 'x'], {}, { outputs: ['doubled'] });
    b.node('Exp', ['x'], {}, { outputs: ['dead'] });
    const condition = b.node('Cast', [b.node('ReduceMax', ['x'], { keepdims: attribute.int(0) })], {
      to: attribute.int(9),
    });
    b.node(
      'If',
      [condition],
      { then_branch: attribute.graph(branch('t')), else_branch: attribute.graph(branch('e')) },
      { outputs: ['y'] },
    );
    const model = modelOf(b.build({ inputs: [floatInfo('x', [2])], outputs: [floatInfo('y', [2])] }));
    const pruned = pruneDeadNodes(model);
    assert.deepEqual(
      pruned.graph.nodes.map(({ opType }) => opType),
      ['Add', 'ReduceMax', 'Cast', 'If'],
    );
    const { y } = await run(pruned, { x: [Float32Array.of(1, 2), [2]] });
    assert.deepEqual(y.data, Float32Array.of(-2, -4));
  });

  it('names near tensors where there is none of the name', () => {
    assert.throws(() => extractSubgraph(tinyClassifier(), ['yy']), /no tensor "yy".*near it are y/);
  });
});

describe('checkGraph', () => {
  const { graph } = tinyClassifier();

  it('passes a graph in topological order', () => {
    checkGraph(graph);
  });

  it('names what is read before it is computed, computed twice, or missing', () => {
    assert.throws(
      () => checkGraph({ ...graph, nodes: graph.nodes.toReversed() }),
      /reads "flat", which nothing/,
    );
    assert.throws(
      () => checkGraph({ ...graph, nodes: [...graph.nodes, graph.nodes[1]] }),
      /"relu" is computed twice/,
    );
    assert.throws(
      () => checkGraph({ ...graph, outputs: [floatInfo('z', [1])] }),
      /nothing computes the output "z"/,
    );
  });
});
