import { expect, test, vi } from 'vitest';
import { Metrics } from '../../src/observability/metrics.js';
import type { EndedOperation } from '../../src/observability/operation-record.js';
import { tellOperation } from '../../src/observability/tell-operation.js';

async function told(ended: Partial<EndedOperation>): Promise<{ lines: unknown[]; text: string }> {
  const info = vi.fn();
  const metrics = new Metrics({ role: 'serve', onError: () => undefined });
  const tell = tellOperation({ info }, metrics, new Set(['classify', 'classify_image']));
  tell({ transport: 'http', code: 'OK', ms: 30, ...ended });
  return { lines: info.mock.calls, text: await metrics.text() };
}

const count = (operation: string, transport = 'http', code = 'OK') =>
  `okulo_operation_duration_seconds_count{operation="${operation}",transport="${transport}",code="${code}"} 1\n`;

test('an operation is logged as it is, and counted with its time', async () => {
  const ended = { transport: 'http', code: 'OK', ms: 30, fields: ['classify'], owner: 'alice' } as const;
  const { lines, text } = await told(ended);
  expect(lines).toEqual([[ended, 'operation']]);
  expect(text).toContain(count('classify'));
  expect(text).toMatch(/okulo_operation_duration_seconds_bucket\{le="0.025",[^}]*\} 0\n/);
  expect(text).toMatch(/okulo_operation_duration_seconds_bucket\{le="0.05",[^}]*\} 1\n/);
  expect(text).not.toContain('alice');
});

test.each([
  ['a route', { operation: 'classify_image', transport: 'rest' }, count('classify_image', 'rest')],
  ['its code', { fields: ['classify'], code: 'OVERLOADED' }, count('classify', 'http', 'OVERLOADED')],
  ['several fields', { fields: ['classify', '__typename'] }, count('several')],
] as const)('%s is told apart', async (_what, ended, line) => {
  expect((await told(ended)).text).toContain(line);
});

test.each([
  ['a field that the schema does not have', { fields: ['madeUp'] }],
  ['an operation that could not be read', {}],
  ['an operation named like a field, with another one', { operation: 'classify', fields: ['madeUp'] }],
  ['no field', { fields: [] }],
] as const)('%s makes no series of its own', async (_what, ended) => {
  expect((await told(ended)).text).toContain(count('other'));
});

test.each([
  ['OK', 0],
  ['BAD_IMAGE', 0],
  ['UNANSWERED', 0],
  ['RATE_LIMITED', 0],
  ['OVERLOADED', 1],
  ['QUEUE_UNAVAILABLE', 1],
  ['INTERNAL_SERVER_ERROR', 1],
] as const)('%s counts as a fault of the service %i times', async (code, times) => {
  expect((await told({ code })).text).toMatch(new RegExp(`^okulo_operation_faults_total ${times}$`, 'm'));
});
