/**
 * The gradient of S = <f / |f|, w> with respect to the embedding f, for constant weights w:
 * (w - <f/|f|, w> f/|f|) / |f|. Seeding the backward pass of a network with it differentiates S through the
 * normalisation, without a normalisation in the graph.
 *
 * @param embedding f, as the network gives it; not zero.
 * @param weights w, such as `positive` or `negative` of `similarityArguments`.
 */
export function embeddingGradient(embedding: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  let squares = 0;
  let product = 0;
  for (let i = 0; i < embedding.length; i++) {
    squares += embedding[i] * embedding[i];
    product += embedding[i] * weights[i];
  }
  const length = Math.sqrt(squares);
  return Float64Array.from(
    { length: embedding.length },
    (_, i) => (weights[i] - (product / squares) * embedding[i]) / length,
  );
}
