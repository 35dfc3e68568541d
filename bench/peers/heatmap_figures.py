"""Heat map figures as the occlusion_heatmaps_builder draws them (matplotlib, 8x8 inches at 200 dpi, tight box).

python3 heatmap_figures.py PHOTOGRAPH ROWS COLUMNS FIGURES OUTPUT_FOLDER
Prints seconds of wall clock and of CPU for FIGURES figures, and the size of the last one, as JSON.
"""
import json
import resource
import sys
import time

import matplotlib

matplotlib.use('Agg')
import matplotlib.image
import matplotlib.patches
import matplotlib.pyplot as plt
import numpy as np

photograph, rows, columns, figures, output = sys.argv[1], *map(int, sys.argv[2:5]), sys.argv[5]
image = plt.imread(photograph)
height, width = image.shape[:2]
values = np.random.RandomState(1).rand(rows, columns)


def draw(file):
    figure, axes = plt.subplots(figsize=(8, 8))
    axes.imshow(image)
    axes.axis('off')
    colours = matplotlib.colormaps['hot']
    cell_height, cell_width = height / rows, width / columns
    for row in range(rows):
        for column in range(columns):
            value = values[row, column]
            left, top = column * cell_width, row * cell_height
            axes.add_patch(matplotlib.patches.Rectangle(
                (left, top), cell_width, cell_height, facecolor=colours(value / values.max()), alpha=0.6,
                edgecolor='white', linewidth=0.5))
            axes.text(left + cell_width / 2, top + cell_height / 2, f'{value:.2e}', ha='center', va='center',
                      color='white', fontsize=75 / max(rows, columns), fontweight='bold',
                      bbox={'facecolor': 'black', 'alpha': 0.6})
    scalars = matplotlib.cm.ScalarMappable(cmap='hot', norm=matplotlib.colors.Normalize(0, 1))
    bar = figure.colorbar(scalars, ax=axes, fraction=0.046, pad=0.04)
    bar.set_label('Prediction score when occluded (0 -> morph, 1 -> bona fide)')
    axes.set_title('Grid Occlusion Heatmap')
    figure.savefig(file, dpi=200, bbox_inches='tight')
    plt.close(figure)


draw(f'{output}/matplotlib.png')
cpu = resource.getrusage(resource.RUSAGE_SELF)
start = time.perf_counter()
for _ in range(figures):
    draw(f'{output}/matplotlib.png')
seconds = time.perf_counter() - start
now = resource.getrusage(resource.RUSAGE_SELF)
size = matplotlib.image.imread(f'{output}/matplotlib.png').shape
print(json.dumps({
    'seconds': seconds / figures,
    'cpuSeconds': (now.ru_utime + now.ru_stime - cpu.ru_utime - cpu.ru_stime) / figures,
    'width': size[1],
    'height': size[0],
}))
