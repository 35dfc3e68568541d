// Pairs of people for a set of morphs, so that no morph joins people of two splits of `train`:
//   node tools/morph-pairs.js IMAGES [--splits 0.5,0.2,0.3] [--seed 0] [--each 2] > pairs.csv
// Everybody is morphed with the next people of a seeded order within the own split, with one photograph of each after the
// other. `train` with the same --splits and --seed draws the same splits. Needs `npm run build`.
import { parseArgs } from 'node:util';
import { identifyPeople } from '../build/src/dataset/people/identify-people.js';
import { splitNames, splitPeople } from '../build/src/dataset/people/split-people.js';
import { walkImages } from '../build/src/dataset/walk-images.js';
import { RandomState } from '../build/src/tensor/random.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    splits: { type: 'string', default: '0.5,0.2,0.3' },
    seed: { type: 'string', default: '0' },
    each: { type: 'string', default: '2' },
    identities: { type: 'string' },
  },
});
const [train, validation, test] = options.splits.split(',').map(Number);
const { images } = await walkImages(positionals[0]);
const { identityOf } = await identifyPeople(images, options.identities, undefined);
const imagesOf = new Map();
for (const image of images) {
  imagesOf.set(identityOf(image), [...(imagesOf.get(identityOf(image)) ?? []), image]);
}
const splits = splitPeople([...imagesOf.keys()], { train, validation, test }, Number(options.seed));

console.log('file_a,file_b,same,identity_a,identity_b');
for (const [at, split] of splitNames.entries()) {
  const people = [...imagesOf.keys()].filter((person) => splits.get(person) === split).sort();
  const order = new RandomState([Number(options.seed), at]).permutation(people.length);
  for (let nth = 1; nth <= Math.min(Number(options.each), people.length - 1); nth++) {
    for (let place = 0; place < order.length; place++) {
      const pair = [order[place], order[(place + nth) % order.length]].map((person) => people[person]);
      const files = pair.map((person) => imagesOf.get(person)[(nth - 1) % imagesOf.get(person).length]);
      console.log([...files, 0, ...pair].join(','));
    }
  }
}
