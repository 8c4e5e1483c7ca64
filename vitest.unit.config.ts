/** The unit tier alone, for tools that take a whole configuration and no project's name. */
import { mergeConfig } from 'vitest/config';
import config from './vitest.config.js';

const [unit] = config.test?.projects ?? [];
export default mergeConfig(config, {
  // Of the tool's own processes there are several; threads of one share what libvips is set to.
  test: {
    projects: undefined,
    maxWorkers: 1,
    ...(typeof unit === 'object' && 'test' in unit ? unit.test : {}),
  },
});
