import { UnrecoverableError } from 'bullmq';
import { expect, test } from 'vitest';
import { CodedError, ERROR_CODES } from '../../../src/errors.js';
import { attemptError, failureOf } from '../../../src/jobs/shared/failure.js';

test.each(ERROR_CODES)('%s comes back with its message, colons and all', (code) => {
  const failure = { code, message: 'Expected this: that. And http://x.test/' };
  expect(failureOf(attemptError(failure).message)).toEqual(failure);
});

test('a message of several lines comes back whole', () => {
  const message = 'First.\nSecond: more.';
  expect(failureOf(attemptError({ code: 'BAD_IMAGE', message }).message)).toEqual({
    code: 'BAD_IMAGE',
    message,
  });
});

test('a coded error is written with its code and words, and ends its job', () => {
  const error = attemptError(new CodedError('BAD_IMAGE', 'It is cut off.'));
  expect(error).toBeInstanceOf(UnrecoverableError);
  expect(error.message).toBe('BAD_IMAGE: It is cut off.');
});

test('a model that is not there may be so at the next attempt', () => {
  const error = attemptError(new CodedError('MODEL_UNAVAILABLE', 'Not here.'));
  expect(error).not.toBeInstanceOf(UnrecoverableError);
});

test.each([
  [undefined],
  [''],
  ['connect ECONNREFUSED 10.0.0.7:6379'],
  ['ENOENT: no such file, open /var/okulo/objects/jobs/x'],
  ['job stalled more than allowable limit'],
  [': no code'],
  ['bad_image: no code of ours'],
])('what was not written so stays masked: %s', (line) => {
  const { code, message } = failureOf(line);
  expect(code).toBe('INTERNAL_SERVER_ERROR');
  expect(message).toMatch(/^The job failed because of a problem in the service\./);
});
