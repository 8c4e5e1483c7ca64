import { ERROR_DESCRIPTIONS } from '../errors.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import { endSpan } from './tracing.js';
import type { EndedOperation, ResultCode, TellOperation } from './operation-record.js';

/** Several fields at the root, and what no metric has a name of its own for. */
const SEVERAL = 'several';
const OTHER = 'other';

/**
 * Writes a line of the log for every operation that has ended, and counts it.
 * @param names the fields and routes that are told apart by metrics: what clients make up must not become a series
 */
export function tellOperation(
  log: Pick<Logger, 'info'>,
  metrics: Pick<Metrics, 'observe' | 'count'>,
  names: ReadonlySet<string>,
): TellOperation {
  metrics.count('okulo_operation_faults_total', {}, 0);
  return (ended) => {
    log.info(ended, 'operation');
    const { transport, code, ms } = ended;
    const labels = { operation: nameOf(ended, names), transport, code };
    traceOperation(ended, labels.operation);
    metrics.observe('okulo_operation_duration_seconds', labels, ms / 1000);
    if (isFault(code)) metrics.count('okulo_operation_faults_total', {});
  };
}

/** Names are the service's own: what clients call an operation may be anything. */
function traceOperation({ type, transport, cost, code }: EndedOperation, name: string): void {
  const attributes = {
    'okulo.transport': transport,
    'okulo.operation': name,
    ...(type && { 'graphql.operation.type': type }),
    ...(cost !== undefined && { 'okulo.cost': cost }),
  };
  endSpan(`${type ?? transport} ${name}`, attributes, code === 'OK' ? undefined : code);
}

function nameOf({ fields, operation }: EndedOperation, names: ReadonlySet<string>): string {
  if (fields && fields.length > 1) return SEVERAL;
  // A route has a name, and no fields.
  const name = fields ? fields[0] : operation;
  return name !== undefined && names.has(name) ? name : OTHER;
}

function isFault(code: ResultCode): boolean {
  return code !== 'OK' && code !== 'UNANSWERED' && ERROR_DESCRIPTIONS[code].status >= 500;
}
