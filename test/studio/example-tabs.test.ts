import { describe, expect, it } from 'vitest';
import { exampleTabs, openingTabs } from '../../src/studio/graphiql/example-tabs.js';

describe('exampleTabs', () => {
  it('opens the operations in the order of a first visit, then the others by name, each with its variables', () => {
    const names = [
      'analyze',
      'cancel-job',
      'classify',
      'job',
      'jobs',
      'models',
      'super-resolve',
      'job-updated',
    ];
    const tabs = exampleTabs(Object.fromEntries(names.map((name) => [`../ops/${name}.graphql`, name])), {
      '../ops/classify.variables.json': '{"topK": 3}',
      '../ops/other.variables.json': '{}',
    });
    expect(tabs).toEqual([
      { query: 'models' },
      { query: 'classify', variables: '{"topK": 3}' },
      ...['analyze', 'super-resolve', 'job-updated', 'cancel-job', 'job', 'jobs'].map((query) => ({ query })),
    ]);
  });

  it('opens nothing where there are none', () => {
    expect(exampleTabs({}, {})).toEqual([]);
  });
});

describe('openingTabs', () => {
  const models = { query: 'query Models { a }' };
  const classify = { query: 'mutation Classify { b }', variables: '{"topK": 3}' };

  it('shows the examples on the first visit, with the variables of the one in front', () => {
    expect(openingTabs([classify, models], null)).toEqual({
      defaultTabs: [classify, models],
      initialVariables: '{"topK": 3}',
    });
    expect(openingTabs([models, classify], null)).toEqual({ defaultTabs: [models, classify] });
  });

  it('leaves what the user had open', () => {
    expect(openingTabs([classify], '{"tabs":[]}')).toEqual({});
  });

  it("leaves GraphiQL to its welcome text where there are no examples: it can't open with no tab", () => {
    expect(openingTabs([], null)).toEqual({});
  });
});
