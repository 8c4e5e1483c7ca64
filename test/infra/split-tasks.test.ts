/** The paths by which AWS's balancer tells tasks apart are the service's own. */
import { expect, test } from 'vitest';
import { SPLIT_TASKS } from '../../infra/lib/split-tasks.js';
import { TASKS } from '../../src/convert/parsers/parsers.js';
import { REST_PATHS, taskPath } from '../../src/routes.js';

test('every task has a service, and no other', () => {
  expect(SPLIT_TASKS.map(({ task }) => task).sort()).toEqual([...TASKS].sort());
});

test.each(SPLIT_TASKS)(
  '$task is asked at its path of GraphQL and at a route of the earlier service',
  (split) => {
    expect(split.paths[0]).toBe(taskPath(split.task));
    expect(REST_PATHS).toContain(split.paths[1]);
  },
);

test('every route of the earlier service leads somewhere', () => {
  const paths = SPLIT_TASKS.flatMap((split) => split.paths);
  expect(REST_PATHS.filter((path) => !paths.includes(path))).toEqual([]);
});
