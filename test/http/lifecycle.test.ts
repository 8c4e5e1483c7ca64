import { expect, test } from 'vitest';
import { Lifecycle } from '../../src/http/lifecycle.js';

test('a process begins by starting', () => {
  expect(new Lifecycle().phase).toEqual({ name: 'starting' });
});

test('a process that has started is ready', () => {
  const lifecycle = new Lifecycle();
  lifecycle.ready();
  expect(lifecycle.phase).toEqual({ name: 'ready' });
});

test('a process that is stopping stays so, whatever finishes starting meanwhile', () => {
  const lifecycle = new Lifecycle();
  lifecycle.stopping('SIGTERM');
  lifecycle.ready();
  expect(lifecycle.phase).toEqual({ name: 'stopping', reason: 'SIGTERM' });
});

test('the first reason to stop is the one that is kept', () => {
  const lifecycle = new Lifecycle();
  lifecycle.ready();
  lifecycle.stopping('SIGTERM');
  lifecycle.stopping('SIGINT');
  expect(lifecycle.phase).toEqual({ name: 'stopping', reason: 'SIGTERM' });
});
