"""LIME as Python's lime does it, on an exported graph in PyTorch, on request.

python3 lime.py FOLDER THREADS
FOLDER holds graph.json and weights.bin as gradient.py reads them, image.bin and hidden.bin (one input each, float32) and
labels.bin (int32, the segment of each pixel). Each line on standard input, "SAMPLES SEED", is answered with the seconds
of one explanation, by the clock and of CPU, and its weights: one copy of the image a sample, batches of 10, ridge regressions with scikit-learn's
closed form.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

folder, threads = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(threads)
torch.set_flush_denormal(True)
graph = json.load(open(f'{folder}/graph.json'))
blob = np.fromfile(f'{folder}/weights.bin', np.float32)
weights = {
    w['name']: torch.from_numpy(blob[w['offset']:w['offset'] + int(np.prod(w['shape']))].reshape(w['shape']).copy())
    for w in graph['weights']
}
image = np.fromfile(f'{folder}/image.bin', np.float32).reshape(graph['shape'])
hidden = np.fromfile(f'{folder}/hidden.bin', np.float32).reshape(graph['shape'])
labels = np.fromfile(f'{folder}/labels.bin', np.int32).reshape(graph['shape'][1:])
segments = labels.max() + 1


def conv(x, w, b=None, *, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), group=1, **_):
    return F.conv2d(x, w, b, strides, pads[:2], dilations, group)


operators = {
    'Conv': conv,
    'PRelu': lambda x, slope: F.prelu(x, slope.flatten()),
    'Add': torch.add,
    'Relu': torch.relu,
    'Clip': torch.clamp,
    'Reshape': lambda x, shape: x.reshape(len(x), -1),
    'Flatten': lambda x, **_: x.flatten(1),
}


def embed(batch):
    values = {**weights, graph['input']: torch.from_numpy(np.stack(batch))}
    with torch.no_grad():
        for node in graph['nodes']:
            inputs = [values.get(name) for name in node['inputs']]
            values[node['output']] = operators[node['opType']](*inputs, **node['attributes'])
        return F.normalize(values[graph['output']]).numpy()


def ridge(x, y, w, alpha):
    mean_x, mean_y = w @ x / w.sum(), w @ y / w.sum()
    x, y = (x - mean_x) * np.sqrt(w)[:, None], (y - mean_y) * np.sqrt(w)
    return np.linalg.solve(x.T @ x + alpha * np.eye(x.shape[1]), x.T @ y)


def explain(samples, seed):
    random = np.random.RandomState(seed)
    random.randint(0, high=1000)
    data = random.randint(0, 2, samples * segments).reshape(samples, segments)
    data[0] = 1
    original = embed([image])[0]
    values, batch = [], []
    for row in data:
        sample = image.copy()
        mask = np.zeros(labels.shape, bool)
        for segment in np.where(row == 0)[0]:
            mask[labels == segment] = True
        sample[:, mask] = hidden[:, mask]
        batch.append(sample)
        if len(batch) == 10:
            values.extend(embed(batch) @ original)
            batch = []
    if batch:
        values.extend(embed(batch) @ original)
    distance = 1 - np.sqrt(data.sum(1) / segments)
    sample_weights = np.sqrt(np.exp(-distance**2 / 0.25**2))
    values = np.array(values, np.float64)
    ridge(data, values, sample_weights, 0.01)
    return ridge(data, values, sample_weights, 1)


for line in sys.stdin:
    samples, seed = map(int, line.split())
    wall, cpu = time.perf_counter(), time.process_time()
    coefficients = explain(samples, seed)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(json.dumps({'wall': wall, 'cpu': cpu, 'weights': coefficients.tolist()}), flush=True)
