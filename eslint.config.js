import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  // infra/ has a configuration of its own: npm run check:infra.
  { ignores: ['dist/', 'data/', 'node_modules/', 'models/', 'infra/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.js', '.dependency-cruiser.cjs', 'scripts/*.mjs'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Numbers are everywhere in messages; they print as people expect.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // TypeGraphQL's types and resolvers are classes by nature, some of them without members.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // What is added to a union and nowhere else is found by the compiler or here.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // An argument that a decorator needs, or a member left out on purpose, is named with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
    },
  },
  // TypeGraphQL's types are classes by nature; what has members only is made as a plain object.
  {
    files: ['src/graphql/**/*.ts', 'src/http/rest/**/*.ts', 'test/graphql/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  // Only the configuration reads the environment: everything else takes what it needs as an argument.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' },
      ],
    },
  },
  // Names of files and words of servers may hold what a terminal obeys.
  {
    files: ['src/cli/**/*.ts'],
    ignores: ['src/cli/terminal.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.property.name='write'][callee.object.property.name=/^std(out|err)$/]",
          message: 'Only src/cli/terminal.ts prints: its functions make control characters visible.',
        },
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'eval/**', '*.cjs', 'test/**'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', module: 'writable' } },
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.{js,cjs,mjs}'], extends: [tseslint.configs.disableTypeChecked] },
);
