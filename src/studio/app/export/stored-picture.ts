import type { AnyVariables, Client } from 'urql';
import type { TypedDocumentString } from '../../../client/typed-document-string.js';
import { hasApiKey } from '../service/api-key.js';
import { problemOf, type Problem } from '../service/problem.js';

const LOST: Problem = {
  kind: 'refused',
  message: 'The picture cannot be fetched: it may not be kept any more.',
};

/**
 * A picture that the service makes on demand.
 * @param addressIn where the answer has its address
 */
export async function storedPicture<Data, Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  addressIn: (data: Data) => string | undefined,
): Promise<Blob | Problem> {
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (error) return problemOf(error, hasApiKey());
  const address = data === undefined || data === null ? undefined : addressIn(data);
  if (address === undefined) return LOST;
  const response = await fetch(address).catch(() => undefined);
  return response?.ok === true ? response.blob() : LOST;
}
