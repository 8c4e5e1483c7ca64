import type { TypedDocumentNode } from 'urql';

/** A request as it was sent. */
export interface Sent {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a document of any operation, whose type nobody needs here
  readonly document: TypedDocumentNode<any, any>;
  readonly variables: Readonly<Record<string, unknown>>;
}
