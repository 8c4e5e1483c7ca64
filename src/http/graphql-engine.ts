import type {
  DocumentNode,
  ExecutionArgs,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import type { ReportDefect } from '../service/public-fault.js';

/** An operation that was parsed and found valid. */
interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** An operation as it comes over a WebSocket. */
interface OperationText {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

interface Admission {
  /** Why the operation is not carried out; empty when it is. */
  readonly refusals: readonly GraphQLError[];
  /** In points; undefined where its cost could not be told. */
  readonly cost: number | undefined;
}

interface ReadOperation extends Admission {
  /** Undefined of one that is not valid. */
  readonly document: DocumentNode | undefined;
  /** What to execute; undefined where it is refused. */
  readonly args: ExecutionArgs | undefined;
}

/** What HTTP and WebSockets need of GraphQL; which rules there are, and what they cost, is not theirs to know. */
export interface GraphqlEngine {
  readonly schema: GraphQLSchema;
  /** Words and signs that a query may have. */
  readonly maxTokens: number;
  /** How many faults of one operation are told. */
  readonly maxFaults: number;
  /** @throws CodedError BAD_REQUEST for a query that is longer than is read */
  readonly checkLength: (query: string) => void;
  /** Whether an operation is carried out, before anything of it is computed. */
  readonly admit: (operation: ParsedOperation) => Admission;
  /** Parses, validates and measures an operation, once. */
  readonly readOperation: (text: OperationText) => ReadOperation;
  /** What a client is shown of an error. */
  readonly publicError: (error: unknown, report: ReportDefect) => GraphQLFormattedError;
}
