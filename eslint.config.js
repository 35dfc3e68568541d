import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The layers of docs/architecture.md, top first: a folder may import only from folders above it. */
const layers = [
  'tensor',
  'image',
  'onnx',
  'measure',
  'model',
  'face',
  'perturb',
  'explain',
  'train',
  'dataset',
  'jobs',
  'report',
  'study',
  'cli',
];

/** Layers that must also run in a browser: no Node API, no file, no session, no native library. */
const pure = ['tensor', 'image', 'onnx', 'measure'];

const notForPureLayers = {
  group: ['node:*', 'onnxruntime-node', 'sharp', 'piscina', '@napi-rs/*', '@julusian/*', 'pacote'],
  message: 'This layer is pure: it must run in a browser too.',
};

const importDirection = layers.map((layer, position) => {
  const below = layers.slice(position + 1);
  const patterns = [
    ...(below.length > 0
      ? [
          {
            group: below.map((name) => `../**/${name}/**`),
            message: `src/${layer} may import only from the layers above it (docs/architecture.md).`,
          },
        ]
      : []),
    ...(pure.includes(layer) ? [notForPureLayers] : []),
  ];
  return { files: [`src/${layer}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
});

export default tseslint.config(
  { ignores: ['build/', 'node_modules/', 'src/**/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Typed arrays are indexed everywhere; a number in a message is what a message is for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/prefer-for-of': 'off',
    },
  },
  {
    // node:test returns promises that the runner itself awaits.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'test', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
  ...importDirection,
);
