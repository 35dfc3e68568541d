import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import type { Converters } from './converter.js';

export const resizing: Converters = {
  RESIZE_BILINEAR: (operator, graph) =>
    resize(operator, graph, {
      mode: attribute.string('linear'),
      coordinate_transformation_mode: coordinates(operator, 2, 3),
    }),
  /** TFLite rounds half up where it rounds, and takes the pixel a coordinate falls into otherwise. */
  RESIZE_NEAREST_NEIGHBOR: (operator, graph) =>
    resize(operator, graph, {
      mode: attribute.string('nearest'),
      coordinate_transformation_mode: coordinates(operator, 0, 1),
      nearest_mode: attribute.string(
        operator.options?.bool(0) === true || operator.options?.bool(1) === true
          ? 'round_prefer_ceil'
          : 'floor',
      ),
    }),
};

function coordinates({ options }: TfliteOperator, alignCorners: number, halfPixel: number) {
  if (options?.bool(alignCorners) === true) return attribute.string('align_corners');
  return attribute.string(options?.bool(halfPixel) === true ? 'half_pixel' : 'asymmetric');
}

function resize(
  { inputs: [input, size], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
  attributes: Attributes,
): void {
  const [height, width] = graph.numbers(size);
  const [batch, , , channels] = graph.shape(input);
  const sizes = graph.add(Constant.int64([batch, channels, height, width]), 'sizes');
  graph.compute(
    output,
    'channelsFirst',
    'Resize',
    [graph.name(input, 'channelsFirst'), '', '', sizes],
    attributes,
  );
}
