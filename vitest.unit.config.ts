/** The unit tier alone, for tools that take a whole configuration and no project's name. */
import { mergeConfig } from 'vitest/config';
import config from './vitest.config.js';

const [unit] = config.test?.projects ?? [];
export default mergeConfig(config, {
  test: { projects: undefined, ...(typeof unit === 'object' && 'test' in unit ? unit.test : {}) },
});
