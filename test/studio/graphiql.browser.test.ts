import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../../scripts/build-inputs.mjs';
import { exampleTabs } from '../../src/studio/graphiql/example-tabs.js';
import { launchChromium } from '../kit/chromium.js';
import { builtStudio } from './built-studio.js';
import { GraphiqlPage } from './graphiql-page.js';
import { startGraphqlServer, type GraphqlServer } from './graphql-server.js';

interface Example {
  readonly title: string;
  readonly variables: string;
}

/** The examples that the build finds. */
function examples(): Example[] {
  const folder = join(ROOT, 'schema', 'operations');
  const texts = (ending: string) =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]),
    );
  return exampleTabs(texts('.graphql'), texts('.variables.json')).map(({ query, variables = '' }) => {
    const operation = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { title: (operation as OperationDefinitionNode).name?.value ?? '<untitled>', variables };
  });
}

/** The first characters without white space: the editor shows no more of a long line than fits. */
function beginningOf(json: string): string {
  return json.replaceAll(/\s/g, '').slice(0, 24);
}

describe.skipIf(inject('chromium') === null)('GraphiQL in a browser', () => {
  const cleanups: (() => Promise<void>)[] = [];
  let server: GraphqlServer;
  let graphiql: GraphiqlPage;

  beforeAll(async () => {
    const studio = await builtStudio();
    cleanups.unshift(() => studio.dispose());
    server = await startGraphqlServer(studio.dir);
    cleanups.unshift(() => server.stop());
    const browser = await launchChromium();
    cleanups.unshift(() => browser.close());
    graphiql = await GraphiqlPage.open(browser, server.address);
  });

  afterAll(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  it('opens with one tab for each example operation', async () => {
    expect(await graphiql.page.title()).toBe('Okulo · GraphiQL');
    const expected = examples();
    // With none, GraphiQL opens a tab of its own.
    const titles = expected.length > 0 ? expected.map(({ title }) => title) : ['<untitled>'];
    expect(await graphiql.tabTitles()).toEqual(titles);
    expect(beginningOf(await graphiql.variables())).toBe(beginningOf(expected[0]?.variables ?? ''));
  });

  it('runs a typed query', async () => {
    await graphiql.newTab('Greet', 'query Greet { greet(name: "Okulo") caller }');
    await graphiql.run();
    await expect.poll(() => graphiql.response()).toContain('"greet": "Hello Okulo"');
    expect(await graphiql.response()).toContain('"caller": "nobody"');
    expect(await graphiql.tabTitles()).toContain('Greet');
  });

  it('sends the headers that the user sets', async () => {
    await graphiql.newTab('Who', 'query Who { caller }');
    await graphiql.setHeaders('{ "x-api-key": "k-1" }');
    await graphiql.run();
    await expect.poll(() => graphiql.response()).toContain('"caller": "k-1"');
  });

  it('follows a subscription, and takes the same headers along', async () => {
    await graphiql.newTab('Follow', 'subscription Follow { ticks(until: 2) }');
    await graphiql.setHeaders('{ "x-api-key": "k-2" }');
    const subscribed = server.subscribed();
    await graphiql.run();
    await subscribed;
    server.tick(1);
    await expect.poll(() => graphiql.response()).toContain('tick 1 for k-2');
    server.tick(2);
    await expect.poll(() => graphiql.response()).toContain('tick 2 for k-2');
  });

  it('marks a field that the schema does not have', async () => {
    await graphiql.newTab('Wrong', 'query Wrong { noSuchField }');
    await graphiql.page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
  });

  it('shows the documentation of the schema', async () => {
    await graphiql.page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await graphiql.page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).click();
    await graphiql.page.getByText('Where this little API is read.').waitFor();
  });

  // Last, because it judges all that went before.
  it('asked no other host for anything and reported no error', () => {
    expect([...graphiql.hosts]).toEqual([new URL(server.address).host]);
    expect(graphiql.complaints).toEqual([]);
  });
});
