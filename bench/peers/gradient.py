"""Forward and backward passes of an exported graph in PyTorch, on request.

python3 gradient.py FOLDER THREADS
FOLDER holds graph.json (nodes, weights with shape and offset, names of input and output) and weights.bin (float32).
Each line on standard input, "forward BATCH" or "backward BATCH", is answered with the milliseconds of one pass; the
line "embed BATCH" with the sum of the absolute gradient, to compare results.
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


def conv(x, w, b=None, *, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), group=1, **_):
    assert pads[0] == pads[2] and pads[1] == pads[3]
    return F.conv2d(x, w, b, strides, pads[:2], dilations, group)


operators = {
    'Conv': conv,
    'PRelu': lambda x, slope: F.prelu(x, slope.flatten()),
    'Add': torch.add,
    'Relu': torch.relu,
    'Clip': lambda x, low=0, high=6: F.hardtanh(x, float(low), float(high)),
    'Reshape': lambda x, shape: x.reshape(len(x), -1),
    'Flatten': lambda x, **_: x.flatten(1),
}


def run(x):
    values = dict(weights)
    values[graph['input']] = x
    for node in graph['nodes']:
        inputs = [values.get(name) for name in node['inputs']]
        values[node['output']] = operators[node['opType']](*inputs, **node['attributes'])
    return values[graph['output']]


def measure(kind, batch):
    shape = [batch, *graph['shape']]
    x = torch.sin(torch.arange(int(np.prod(shape)), dtype=torch.float64)).float().reshape(shape)
    start = time.perf_counter()
    if kind == 'forward':
        with torch.no_grad():
            run(x)
        return (time.perf_counter() - start) * 1000
    x.requires_grad_(True)
    y = run(x)
    y.backward(torch.ones_like(y))
    elapsed = (time.perf_counter() - start) * 1000
    return x.grad.abs().sum().item() if kind == 'embed' else elapsed


for line in sys.stdin:
    kind, batch = line.split()
    print(measure(kind, int(batch)), flush=True)
