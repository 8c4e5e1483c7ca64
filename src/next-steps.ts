/** Where a service is reached unless something else is said. */
const LOCAL = 'http://127.0.0.1:4000';

/** Something to do next: what for, and the address to open or the command to type. */
export interface NextStep {
  readonly what: string;
  readonly how: string;
}

/**
 * What to do next, the same three steps wherever somebody arrives: on the start screen, in `okulo --help`, in Studio
 * and in the README.
 * @param url what clients reach the service by, without a slash at its end
 */
export function nextSteps(
  url: string = LOCAL,
): readonly [api: NextStep, pictures: NextStep, models: NextStep] {
  // The command line asks there unless it is told of another place.
  const elsewhere = url === LOCAL ? '' : ` --server ${url}`;
  return [
    { what: 'Ask the API in GraphiQL', how: `${url}/graphql` },
    { what: 'Try a picture of your own', how: `npx okulo detect photo.jpg${elsewhere}` },
    { what: 'Get the published models', how: 'npx okulo models prepare' },
  ];
}
