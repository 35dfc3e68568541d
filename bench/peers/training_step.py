"""Forward passes and training steps of an exported classifier in PyTorch, on request.

python3 training_step.py FOLDER THREADS
FOLDER holds graph.json and weights.bin (see export-graph.js). Each line on standard input, "forward BATCH" or
"step BATCH", is answered with the milliseconds of one pass by the wall clock and of processor time: a step is forward, softmax cross-entropy, backward by all
weights (running statistics apart) and one step of AdamW.
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
trained = json.load(open(f'{folder}/trained.json'))
for name in trained:
    weights[name].requires_grad_(True)
optimizer = torch.optim.AdamW([weights[name] for name in trained], lr=1e-6, weight_decay=1e-4)


def conv(x, w, b=None, *, strides=(1, 1), pads=(0, 0, 0, 0), dilations=(1, 1), group=1, **_):
    assert pads[0] == pads[2] and pads[1] == pads[3]
    return F.conv2d(x, w, b, strides, pads[:2], dilations, group)


def nothing(*_, **__):
    return None


operators = {
    'Conv': conv,
    'PRelu': lambda x, slope: F.prelu(x, slope.flatten()),
    'BatchNormalization': lambda x, scale, bias, mean, var, *, epsilon=1e-5, **_: F.batch_norm(
        x, mean, var, scale, bias, False, 0.0, epsilon),
    'Add': torch.add,
    'MatMul': torch.matmul,
    # All that is reshaped is the last map, to a vector; how long that is was computed by the nodes before.
    'Reshape': lambda x, shape: x.reshape(len(x), -1),
    'Flatten': lambda x, **_: x.flatten(1),
    'Shape': nothing, 'Gather': nothing, 'Unsqueeze': nothing, 'Concat': nothing,
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
    target = torch.arange(batch) % 2
    start = (time.perf_counter(), time.process_time())
    elapsed = lambda: [(time.perf_counter() - start[0]) * 1000, (time.process_time() - start[1]) * 1000]
    if kind == 'forward':
        with torch.no_grad():
            run(x)
        return elapsed()
    optimizer.zero_grad()
    F.cross_entropy(run(x), target).backward()
    optimizer.step()
    return elapsed()


for line in sys.stdin:
    kind, batch = line.split()
    print(*measure(kind, int(batch)), flush=True)
