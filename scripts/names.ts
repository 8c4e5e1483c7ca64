/**
 * Tells of files and declared identifiers that have a name which this project gave up for the field's own term:
 * `npm run check:names`. docs/decisions/0025-names.md says why.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** Names of before, and the terms that took their place. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  layFoundation: 'openSharedResources',
  Foundation: 'SharedResources',
  foundation: 'resources',
  welcome: 'startupBanner',
  lastWords: 'describeFatalError',
  Workshop: 'ModelBuilder, JobDependencies',
  workshop: 'builder, dependencies',
  modelWorkshop: 'modelBuilder',
  handOut: 'createQueueBackend',
  GaplessEvents: 'OrderedEventReader',
  gaplessEvents: 'orderedEventReader',
  Turns: 'KeyedMutex',
  turns: 'a mutex',
  unlessAway: 'withQueueGuard',
  WorkInHand: 'ActiveJobs',
  workInHand: 'activeJobs',
  inHand: 'active',
  OpenedImages: 'DecodedImageCache',
  openedImages: 'decodedImageCache',
  JobNews: 'JobEventHub',
  divide: 'fanOutTiles',
  Lane: 'AdmissionQueue',
  lane: 'queue',
  lanes: 'slots',
  Ask: 'ThreadRequest',
  Exchanges: 'ThreadProtocol',
  decodeWork: 'decodeCost',
  encodeWork: 'encodeCost',
  tileWork: 'tileCost',
  analysisWork: 'analysisCost',
  reach: 'receptiveFieldRadius',
  enlarged: 'upscaledInput',
  seal: 'checksum',
  sealed: 'withChecksum',
  sealOf: 'checksumOf',
  isSealed: 'hasValidChecksum',
  View: 'DecodedImage, Viewport, ViewFrame',
  openView: 'openImage',
  ImageOrder: 'ImageRequest',
  Outcome: 'Result',
  Answering: 'ResultContext',
  madeImage: 'encodedImage',
  Site: 'LayerContext',
  site: 'context',
  arrangement: 'shapeOps',
  Bed: 'Harness',
  bed: 'harness',
  makeBed: 'makeHarness',
  Desk: 'AppShell',
  desk: 'appShell',
  Workbench: 'AppState',
  workbench: 'app',
  useWorkbench: 'useApp',
  useWorkbenchState: 'useAppState',
  WorkbenchContext: 'AppContext',
  late: 'lazyPart',
  Late: 'LazyPart',
  together: 'analyze',
  TogetherView: 'AnalyzeView',
  useLookingAgain: 'usePolling',
  Workplace: 'JobHarness',
  workplace: 'harness',
  Crew: 'ProcessPool',
  crew: 'pool',
  Shift: 'ProcessRun',
  Course: 'RunProgress',
  course: 'progress',
  Spell: 'Phase',
  spell: 'phase',
};

/** Parts of identifiers: `mostWait` is `maxWait`. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^#?most(?=[A-Z]|$)|^Most(?=[A-Z]|$)|(^|_)MOST(?=_|$)/, 'max'],
  [/^#?least(?=[A-Z]|$)|^Least(?=[A-Z]|$)|(^|_)LEAST(?=_|$)/, 'min'],
  [/^[A-Z]\w*Outcome$/, 'Result'],
];

const FILES: Readonly<Record<string, string>> = {
  foundation: 'shared-resources',
  welcome: 'startup-banner',
  workshop: 'model-builder, job-dependencies',
  'model-workshop': 'model-builder',
  'hand-out': 'create-queue-backend',
  'gapless-events': 'ordered-event-reader',
  turns: 'keyed-mutex',
  'unless-away': 'with-queue-guard',
  'work-in-hand': 'active-jobs',
  'opened-images': 'decoded-image-cache',
  divide: 'fan-out-tiles',
  lane: 'admission-queue',
  answer: 'handle-request',
  work: 'cost-estimate',
  seal: 'checksum',
  view: 'decoded-image, view-frame',
  answering: 'result-context',
  'made-image': 'encoded-image',
  site: 'layer-context',
  arrangement: 'shape-ops',
  access: 'auth',
  remote: 'url-fetch',
  bed: 'harness',
  'models-bed': 'models-context',
  desk: 'app-shell',
  workbench: 'app-context',
  'use-workbench-state': 'use-app-state',
  late: 'lazy-part',
  together: 'analyze',
  'together-view': 'analyze-view',
  'use-looking-again': 'use-polling',
  workplace: 'job-harness',
  crew: 'process-pool',
  course: 'run-progress',
};

function termFor(name: string): string | undefined {
  if (Object.hasOwn(IDENTIFIERS, name)) return IDENTIFIERS[name];
  return PARTS.find(([part]) => part.test(name))?.[1];
}

/** The names that a file declares, each once. */
function declaredIn(path: string, text: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { name } = node as { readonly name?: ts.Node };
    const isDeclaration = !ts.isPropertyAccessExpression(node) && !ts.isJsxAttribute(node);
    if (name && isDeclaration && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name))) {
      names.add(name.text.replace(/^#/, ''));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return names;
}

const faults: string[] = [];
const paths = globSync(['{src,test,bench,eval,scripts}/**/*.{ts,tsx,mts,mjs,css}', '*.ts'], {
  ignore: ['**/node_modules/**', 'scripts/names.ts'],
});
for (const path of paths) {
  for (const part of path.split('/')) {
    const stem = basename(part).replace(
      /\.(integration\.test|browser\.test|test)?\.?(tsx?|mts|mjs|css)$/,
      '',
    );
    if (Object.hasOwn(FILES, stem)) faults.push(`${path}: a file '${stem}' is called ${FILES[stem] ?? ''}`);
  }
  if (!/\.(ts|tsx|mts|mjs)$/.test(path)) continue;
  for (const name of declaredIn(path, await readFile(path, 'utf8'))) {
    const term = termFor(name);
    if (term !== undefined) faults.push(`${path}: '${name}' is called ${term}`);
  }
}
if (faults.length > 0) {
  console.error(`Names that were given up:\n${faults.join('\n')}`);
  process.exitCode = 1;
}
