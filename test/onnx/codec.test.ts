import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { attribute, float, graph, int, ints, string } from '../../src/onnx/attributes.js';
import { decodeModel } from '../../src/onnx/codec/decode-model.js';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import { Constant } from '../../src/onnx/constant.js';
import {
  FunctionProtoSchema,
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProtoSchema,
  TensorProto_DataLocation,
} from '../../src/onnx/generated/onnx-ml_pb.js';
import type { Graph, OnnxModel } from '../../src/onnx/graph.js';
import { inspectModel } from '../../src/onnx/inspect/inspect-model.js';
import { makeBatchDynamic } from '../../src/onnx/edit/make-batch-dynamic.js';
import { GraphBuilder } from '../../src/onnx/graph-builder.js';
import { Problem } from '../../src/problem.js';
import { noise, run } from './run.js';
import { floatInfo, modelOf, tinyClassifier } from './tiny-model.js';

describe('decodeModel and encodeModel', () => {
  it('keep every part of a model', () => {
    const model = tinyClassifier();
    const again = decodeModel(encodeModel(model));
    assert.equal(again.irVersion, 8);
    assert.deepEqual(again.opsets, model.opsets);
    assert.deepEqual(again.producer, model.producer);
    assert.deepEqual(again.graph.inputs, model.graph.inputs);
    assert.deepEqual(again.graph.nodes, model.graph.nodes);
    assert.deepEqual([...again.graph.initializers.keys()], [...model.graph.initializers.keys()]);
    for (const [name, constant] of model.graph.initializers) {
      assert.deepEqual(again.graph.initializers.get(name)!.data, constant.data);
    }
  });

  it('write bytes that ONNX Runtime computes with, the same after a second round', async () => {
    const x = noise(50);
    const bytes = encodeModel(tinyClassifier());
    const again = encodeModel(decodeModel(bytes));
    assert.deepEqual(again, bytes);
    const { y } = await run(again, { x: [x, [1, 2, 5, 5]] });
    assert.deepEqual(y.shape, [1, 2]);
  });

  it('see weights as views of the file, never as copies', () => {
    const bytes = encodeModel(tinyClassifier());
    for (const constant of decodeModel(bytes).graph.initializers.values()) {
      assert.equal(constant.bytes.buffer, bytes.buffer);
    }
  });

  it('keep subgraphs', async () => {
    const branch = (opType: string): Graph => {
      const builder = new GraphBuilder();
      builder.node(opType, ['x'], {}, { outputs: [`${opType}_out`] });
      return builder.build({ name: opType, outputs: [floatInfo(`${opType}_out`, [2])] });
    };
    const builder = new GraphBuilder();
    const sum = builder.node('ReduceSum', ['x'], { keepdims: attribute.int(0) });
    const positive = builder.node('Greater', [sum, builder.constant(Constant.scalar(0))]);
    const branches = {
      then_branch: attribute.graph(branch('Exp')),
      else_branch: attribute.graph(branch('Abs')),
    };
    builder.node('If', [positive], branches, { outputs: ['y'] });
    const model = modelOf(builder.build({ inputs: [floatInfo('x', [2])], outputs: [floatInfo('y', [2])] }));
    const again = decodeModel(encodeModel(model));
    assert.equal(graph(again.graph.nodes[2], 'then_branch')!.nodes[0].opType, 'Exp');
    assert.deepEqual((await run(again, { x: [Float32Array.of(-3, 1), [2]] })).y.data, Float32Array.of(3, 1));
  });

  it('keep attributes of every kind, the largest int64 among them', () => {
    const node = {
      name: 'n',
      opType: 'Anything',
      domain: 'my.domain',
      inputs: ['x', ''],
      outputs: ['y'],
      attributes: {
        i: attribute.int(-7),
        end: attribute.ints([2 ** 63, -(2 ** 63), 0]),
        f: attribute.float(0.5),
        fs: attribute.floats([0.25, -1]),
        s: attribute.string('SAME_UPPER'),
        ss: attribute.strings(['a', 'ä']),
      },
    };
    const model = modelOf({ ...tinyClassifier().graph, nodes: [node] });
    const again = decodeModel(encodeModel(model)).graph.nodes[0];
    assert.deepEqual(again, node);
    assert.equal(int(again, 'i', 0), -7);
    assert.deepEqual(ints(again, 'absent', [1]), [1]);
    assert.equal(float(again, 'absent'), undefined);
    assert.equal(string(again, 's', ''), 'SAME_UPPER');
    assert.throws(() => int(again, 's', 0), /Anything "n".*"s" is string instead of int/);
    const proto = fromBinary(ModelProtoSchema, encodeModel(model));
    const end = proto.graph!.node[0].attribute.find(({ name }) => name === 'end');
    assert.deepEqual(end!.ints, [2n ** 63n - 1n, -(2n ** 63n), 0n]);
  });

  it('carry what they do not interpret: functions, documentation, sequence types', () => {
    const proto = fromBinary(ModelProtoSchema, encodeModel(tinyClassifier()));
    proto.docString = 'a model';
    proto.graph!.node[0].docString = 'a node';
    proto.functions = [create(FunctionProtoSchema, { name: 'f', domain: 'local' })];
    const bytes = toBinary(ModelProtoSchema, create(ModelProtoSchema, proto));
    const again = fromBinary(ModelProtoSchema, encodeModel(decodeModel(bytes)));
    assert.equal(again.docString, 'a model');
    assert.equal(again.graph!.node[0].docString, 'a node');
    assert.equal(again.functions[0].name, 'f');
  });

  it('do not count initializers as inputs, as files before IR version 4 do', async () => {
    const proto = fromBinary(ModelProtoSchema, encodeModel(tinyClassifier(9)));
    proto.irVersion = 3n;
    const names = proto.graph!.initializer.map(({ name }) => name);
    const info = proto.graph!.input[0];
    proto.graph!.input.push(...names.map((name) => ({ ...info, name })));
    const model = decodeModel(toBinary(ModelProtoSchema, proto));
    assert.deepEqual(
      model.graph.inputs.map(({ name }) => name),
      ['x'],
    );
    assert.equal(fromBinary(ModelProtoSchema, encodeModel(model)).irVersion, 4n);
    await run(model, { x: [noise(50), [1, 2, 5, 5]] });
  });
});

describe('decodeModel with a bad file', () => {
  const bytes = encodeModel(tinyClassifier());

  it('names an empty file, a text and an image', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
    const text = new TextEncoder().encode('<html>404: no such model</html>');
    for (const bad of [new Uint8Array(0), png, text]) {
      assert.throws(
        () => decodeModel(bad, 'face.onnx'),
        (error) => error instanceof Problem && error.what === 'face.onnx',
      );
    }
  });

  it('names a file that ends anywhere before its end', () => {
    for (let length = 0; length < bytes.length; length++) {
      assert.throws(
        () => decodeModel(bytes.subarray(0, length)),
        Problem,
        `${length} of ${bytes.length} bytes`,
      );
    }
  });

  it('reads or names a file with any wrong byte, and what it reads can be inspected', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        try {
          const model = decodeModel(bytes.with(at, value));
          inspectModel(model);
          makeBatchDynamic(model);
        } catch (error) {
          assert.ok(error instanceof Problem, `byte ${at} = ${value}: ${(error as Error).stack ?? ''}`);
        }
      }
    }
  });

  function withFirstTensor(
    change: Partial<Parameters<typeof create<typeof TensorProtoSchema>>[1]>,
  ): Uint8Array {
    const proto = fromBinary(ModelProtoSchema, bytes);
    Object.assign(proto.graph!.initializer[0], change);
    return toBinary(ModelProtoSchema, proto);
  }

  it('names weights that are too short for their shape, or of an unknown type', () => {
    assert.throws(
      () => decodeModel(withFirstTensor({ dims: [3n, 2n, 3n, 4n] })),
      /"w" \[3, 2, 3, 4\].*216 bytes/,
    );
    assert.throws(
      () => decodeModel(withFirstTensor({ dataType: 99 })),
      /"w" has the unknown element type 99/,
    );
  });

  it('names weights that lie in another file', () => {
    const external = withFirstTensor({
      externalData: [create(StringStringEntryProtoSchema, { key: 'location', value: 'weights.bin' })],
      dataLocation: TensorProto_DataLocation.EXTERNAL,
      rawData: new Uint8Array(0),
    });
    assert.throws(() => decodeModel(external), /outside itself, in weights\.bin/);
  });
});

describe('Constant', () => {
  it('reads bytes at any alignment', () => {
    const bytes = new Uint8Array(17);
    bytes.set(new Uint8Array(Float64Array.of(0.1, -2).buffer), 1);
    assert.deepEqual(new Constant('float64', [2], bytes.subarray(1)).numbers(), [0.1, -2]);
  });

  it('reads a Node Buffer at any alignment', () => {
    const bytes = encodeModel(tinyClassifier());
    for (let shift = 0; shift < 4; shift++) {
      const buffer = Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift);
      assert.deepEqual(decodeModel(buffer).graph.initializers.get('fc')!.numbers(), [1, 2, -1, 0.5, -2, 1]);
    }
  });

  it('widens float16 and bfloat16 exactly', () => {
    // IEEE 754: 1, -2, the largest 65504, the smallest normal 2^-14, the smallest subnormal 2^-24, -0, infinity.
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00);
    assert.deepEqual(
      Constant.from('float16', bits, [7]).data,
      Float32Array.of(1, -2, 65504, 2 ** -14, 2 ** -24, -0, Infinity),
    );
    assert.ok(Number.isNaN(Constant.from('float16', Uint16Array.of(0x7e00), [1]).data[0]));
    assert.deepEqual(
      Constant.from('bfloat16', Uint16Array.of(0x3f80, 0xc040), [2]).data,
      Float32Array.of(1, -3),
    );
  });

  it('reads int64, bool and every number field of a file', () => {
    assert.deepEqual(Constant.int64([1, -1]).data, BigInt64Array.of(1n, -1n));
    const fields: [number, Record<string, unknown>, number[]][] = [
      [1, { floatData: [0.5] }, [0.5]],
      [11, { doubleData: [0.1] }, [0.1]],
      [7, { int64Data: [-5n] }, [-5]],
      [6, { int32Data: [-5] }, [-5]],
      [3, { int32Data: [-5] }, [-5]],
      [2, { int32Data: [250] }, [250]],
      [9, { int32Data: [1] }, [1]],
      [10, { int32Data: [0x3c00] }, [1]],
      [12, { uint64Data: [4000000000n] }, [4000000000]],
      [13, { uint64Data: [7n] }, [7]],
    ];
    for (const [dataType, field, expected] of fields) {
      const proto = fromBinary(ModelProtoSchema, encodeModel(tinyClassifier()));
      proto.graph!.initializer = [create(TensorProtoSchema, { name: 'w', dims: [1n], dataType, ...field })];
      const model: OnnxModel = decodeModel(toBinary(ModelProtoSchema, proto));
      assert.deepEqual(model.graph.initializers.get('w')!.numbers(), expected, `type ${dataType}`);
    }
  });
});
