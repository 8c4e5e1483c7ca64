/** A request as it was sent. */
export interface Sent {
  /** The text of its operation. */
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
