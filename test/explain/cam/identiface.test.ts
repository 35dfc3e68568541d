import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainCam } from '../../../src/explain/cam/explain-cam.js';
import { openCam } from '../../../src/explain/cam/open-cam.js';
import { bindTarget } from '../../../src/explain/target.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { importKeras } from '../../../src/onnx/import/keras/import-keras.js';
import { kerasHdf5 } from '../../onnx/import/keras-hdf5.js';
import { identiFace } from '../../onnx/import/identiface.js';
import { noise } from '../../onnx/run.js';
import { onnxModel } from '../onnx-model.js';

describe('class activation maps of a Keras network that ends in softmax', () => {
  it('explain its logits, on its last convolution before pooling', async () => {
    const { config, weights } = identiFace();
    const graph = await importKeras(await kerasHdf5(config, weights));
    const model = await onnxModel(graph, {
      name: 'identiface',
      task: 'attribute',
      input: {
        width: 48,
        height: 48,
        layout: 'NHWC',
        channels: 'gray',
        mean: [0],
        std: [255],
        crop: { kind: 'whole' },
        resize: 'cubic',
      },
      outputs: { [graph.graph.outputs[0].name]: { kind: 'probabilities', classes: ['female', 'male'] } },
    });
    const cv = await loadOpenCv();
    const target = { kind: 'class', class: 'male', of: 'logit' } as const;
    const { output } = bindTarget(target, model.card, model.activations);
    const cam = await openCam(model, output, { threads: 1 });
    const image = { data: noise(48 * 48).map((value) => (value + 1) / 2), shape: [1, 48, 48, 1] };
    const { map, layers } = await explainCam(cv, cam, image, target, { name: 'gradcam++' });
    assert.deepEqual([layers[0].width, layers[0].height, map.width, map.height], [12, 12, 48, 48]);
    assert.match(layers[0].layer, /block3_conv3/);
    const outputs = await model.run({ [model.inputs[0].name]: image });
    const [female, male] = Object.values(outputs)[0].data;
    const { activations } = model;
    const [{ kind, logits }] = Object.values(activations);
    assert.deepEqual([kind, logits], ['softmax', output]);
    const scores = (await model.run({ [model.inputs[0].name]: image }, [output]))[output].data;
    assert.ok(Math.abs(scores[1] - scores[0] - Math.log(male / female)) < 1e-3);
    assert.equal(map.provenance.targetValue, scores[1]);
    assert.ok(map.data.every(Number.isFinite));
    await cam.close();
    await model.close();
  });
});
