"""Writes src/image/colour-map/generated/tables.ts and the fixture of its test from matplotlib's colour maps.

Run once, with matplotlib 3.6: python3 tools/colour-maps.py
"""
import base64
import hashlib
import json

import matplotlib
import numpy as np

NAMES = (
    'viridis plasma inferno magma cividis turbo hot jet coolwarm seismic bwr '
    'RdYlGn PiYG RdBu Spectral Greens Reds Blues gray'
).split()


def table(name):
    return matplotlib.colormaps[name](np.arange(256), bytes=True)[:, :3]


stored, hashes = {}, {}
for name in NAMES:
    forward, reverse = table(name), table(name + '_r')
    stored[name] = forward
    if (forward[::-1] != reverse).any():
        stored[name + '_r'] = reverse
    for each, values in (name, forward), (name + '_r', reverse):
        hashes[each] = hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()

with open('src/image/colour-map/generated/tables.ts', 'w') as file:
    file.write(f"""\
// Made by tools/colour-maps.py from matplotlib {matplotlib.__version__}; do not edit.
// matplotlib's licence (https://matplotlib.org/stable/users/project/license.html) allows redistribution;
// copyright 2012- Matplotlib Development Team. Of these maps, viridis, plasma, inferno and magma are by
// Stefan van der Walt and Nathaniel Smith (CC0); cividis by Jamie Nunez, Christopher Anderton and Ryan Renslow;
// turbo by Anton Mikhailov (Apache-2.0); coolwarm by Kenneth Moreland; RdYlGn, PiYG, RdBu, Spectral, Greens,
// Reds and Blues by Cynthia Brewer, Mark Harrower and Pennsylvania State University (ColorBrewer, Apache-2.0).

/**
 * Base64 of 256 R, G, B triples. A reversed map is here only where rounding makes it differ from its mirror image.
 */
export const tables: Readonly<Record<string, string>> = {{
""")
    for name, values in stored.items():
        file.write(f"  {name}:\n    '{base64.b64encode(values.tobytes()).decode()}',\n")
    file.write('};\n')

values = [-1.0, 0.0, 0.001, 0.00390625, 0.3, 0.5, 0.7500001, 0.9999, 1.0, 3.0]
colours = matplotlib.colormaps['turbo'](np.array(values), bytes=True)[:, :3].tolist()
with open('test/fixtures/image/colour-maps.json', 'w') as file:
    json.dump({'source': f'matplotlib {matplotlib.__version__}', 'sha256': hashes,
               'turbo': {'values': values, 'colours': colours}}, file, indent=1)
