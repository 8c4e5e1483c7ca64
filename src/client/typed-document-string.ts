/**
 * The text of an operation. Its type says what the operation is sent with and what comes back, under the member by
 * which urql reads this of syntax trees; it exists for the compiler only.
 */
export type TypedDocumentString<Result, Variables> = string & {
  readonly __apiType?: (variables: Variables) => Result;
};
