/** Every command of the project's documents, run as it stands; only addresses and folders are others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsIn, PAGES, type Block } from './blocks.js';
import { firstDifference, shownIn } from './transcript.js';
import { openWorkspace, type Workspace } from './workspace.js';

/** Pages whose commands have a test of their own. */
const RUN_BY: Readonly<Record<string, string>> = {
  'docs/clients.md': 'test/docs/clients.integration.test.ts',
};

/** Pages that ask for more than every machine has, and are told so by the service. */
const MAY_BE_REFUSED: Readonly<Record<string, string>> = {
  'images/README.md': 'It asks the published models too, which may not be here.',
};

const pages = PAGES.filter((page) => RUN_BY[page] === undefined).flatMap((page) => {
  const blocks = commandsIn(page);
  return blocks.length > 0 ? [{ page, blocks }] : [];
});

describe.each(pages)('$page', ({ blocks }) => {
  const run = blocks.filter(({ notRun }) => notRun === undefined);
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
  });
  afterAll(() => workspace.close());

  it.each(run)('line $line', { timeout: 180_000 }, async (block) => {
    if (asks(block)) await workspace.haveService();
    if (block.language === 'sh') await runWhole(block, workspace);
    else if (block.language === 'console') await compare(block, workspace);
    else throw new Error(`Nothing runs blocks of ${block.language} here. Give the page a test of its own.`);
  });

  it.each(blocks.filter(({ notRun }) => notRun !== undefined))(
    'line $line says why it is not run',
    ({ notRun }) => expect(notRun).toMatch(/^\w.{20,}\.$/s),
  );
});

/** Whether a block wants a service that it does not start itself. */
function asks({ code }: Block): boolean {
  return (
    /127\.0\.0\.1:4000|okulo (?!.*--local|.*--help|models|keys)/.test(code) &&
    !/npm (start|run api)/.test(code)
  );
}

async function runWhole({ page, code }: Block, { bash }: Workspace): Promise<void> {
  const printed = await bash(code);
  // A request that is refused is no failure of curl's.
  if (MAY_BE_REFUSED[page] === undefined) expect(printed).not.toContain('"errors":[');
}

async function compare({ code }: Block, { bash }: Workspace): Promise<void> {
  for (const { command, output } of shownIn(code)) {
    // A command that is shown to fail is meant to.
    const printed = await bash(`${command} || true`);
    expect(firstDifference(output, printed), command).toBeUndefined();
  }
}
