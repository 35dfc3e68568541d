"""The grid part of the seed's occlusion_dataset_builder: OpenCV, a 4x4 grid, black, JPEG quality 95.

usage: occluded_variants.py INPUT OUTPUT PROCESSES
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2

cv2.setNumThreads(1)


def occlude(job):
    path, source, target = job
    image = cv2.imread(str(path))
    height, width = image.shape[:2]
    relative = path.relative_to(source)
    for row in range(4):
        for column in range(4):
            y0, y1 = round(row * height / 4), round((row + 1) * height / 4)
            x0, x1 = round(column * width / 4), round((column + 1) * width / 4)
            occluded = image.copy()
            occluded[y0:y1, x0:x1] = 0
            out = target / f"r{row}_c{column}" / relative
            out.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(out), occluded)


def main():
    source, target, processes = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    jobs = [(path, source, target) for path in sorted(source.rglob("*.jpg"))]
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(occlude, jobs, chunksize=8))


main()
