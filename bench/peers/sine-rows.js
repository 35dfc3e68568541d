// Rows for bench/training-step.js: sines, as its peer makes them.
export default function startSineRows({ shape }) {
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    shape,
    write(item, _presentation, into) {
      for (let i = 0; i < size; i++) into[i] = Math.sin(item * size + i);
    },
  };
}
