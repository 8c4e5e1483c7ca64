// The rules of the whole project. Its root leaves this folder out: what it imports is installed here alone.
import root from '../eslint.config.js';

export default [
  { ignores: ['cdk.out/', 'node_modules/'] },
  ...root.filter(({ ignores, rules }) => ignores === undefined || rules !== undefined),
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
];
