/** What one tab opens with; GraphiQL takes its title from the operation's name. */
export interface ExampleTab {
  readonly query: string;
  readonly variables?: string;
}

/** Contents of files by their path. */
export type FileTexts = Readonly<Record<string, string>>;

/** The order of a first visit; what is not named here comes after it, by name, and deleting last. */
const ORDER = [
  ...['models', 'classify', 'segment-road', 'detect-objects', 'analyze'],
  ...['super-resolve', 'job-updated', 'cancel-job', 'retry-job'],
];

/**
 * One tab for each operation file, in the order of a first visit.
 * @param operations `<name>.graphql`, one named operation each
 * @param variables `<name>.variables.json`, for those operations that need some to run
 */
export function exampleTabs(operations: FileTexts, variables: FileTexts): ExampleTab[] {
  return Object.entries(operations)
    .sort(([a], [b]) => placeOf(a) - placeOf(b) || a.localeCompare(b, 'en'))
    .map(([path, query]) => {
      const values = variables[path.replace(/\.graphql$/, '.variables.json')];
      return values === undefined ? { query } : { query, variables: values };
    });
}

function placeOf(path: string): number {
  const at = ORDER.findIndex((name) => path.endsWith(`/${name}.graphql`));
  if (path.endsWith('/delete-job.graphql')) return ORDER.length + 1;
  return at < 0 ? ORDER.length : at;
}

/** GraphiQL's properties for the tabs that it opens with. */
export interface OpeningTabs {
  readonly defaultTabs?: ExampleTab[];
  readonly initialQuery?: string;
  readonly initialVariables?: string;
}

/**
 * @param storedTabs what GraphiQL kept of the last visit; null on the first one, which alone sees the examples
 * @param handed what another page has handed over: a tab of its own, in front
 */
export function openingTabs(
  examples: ExampleTab[],
  storedTabs: string | null,
  handed?: Required<ExampleTab>,
): OpeningTabs {
  if (storedTabs !== null) {
    // What it has no tab of yet is one more, in front.
    return handed ? { initialQuery: handed.query, initialVariables: handed.variables } : {};
  }
  const tabs = handed ? [{ query: handed.query, variables: handed.variables }, ...examples] : examples;
  const [first] = tabs;
  // GraphiQL cannot open with no tab at all; left to itself it shows its welcome text.
  if (first === undefined) return {};
  // It takes the query, but not the variables, of the tab that is in front at first.
  return {
    defaultTabs: tabs,
    ...(first.variables === undefined ? {} : { initialVariables: first.variables }),
  };
}
