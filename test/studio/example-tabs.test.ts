import { describe, expect, it } from 'vitest';
import { exampleTabs, openingTabs } from '../../src/studio/graphiql/example-tabs.js';

describe('exampleTabs', () => {
  it('opens the operations in the order of their names, each with its own variables', () => {
    const tabs = exampleTabs(
      { '../ops/models.graphql': 'query Models { a }', '../ops/classify.graphql': 'mutation Classify { b }' },
      { '../ops/classify.variables.json': '{"topK": 3}', '../ops/other.variables.json': '{}' },
    );
    expect(tabs).toEqual([
      { query: 'mutation Classify { b }', variables: '{"topK": 3}' },
      { query: 'query Models { a }' },
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
