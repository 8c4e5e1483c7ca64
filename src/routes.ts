/** The paths of the service's own routes. */

export const GRAPHQL_PATH = '/graphql';

/** GraphQL for one task, at a process that serves it: a load balancer tells by it where a request belongs. */
export function taskPath(task: string): string {
  return `${GRAPHQL_PATH}/${task.toLowerCase().replaceAll('_', '-')}`;
}

/** The routes of the earlier service. */
export const REST_PATHS = [
  '/classify_image',
  '/road_segmentation',
  '/super_resolution',
  '/object_detection',
] as const;

/** What a route of the earlier service is called in logs and metrics. */
export function routeName(path: (typeof REST_PATHS)[number]): string {
  return path.slice(1);
}

/** What load balancers and scrapers ask for. */
export const OPERATOR_PATHS = ['/healthz', '/readyz', '/metrics'] as const;

const OWN_PATHS = [GRAPHQL_PATH, '/files', '/studio/assets', ...OPERATOR_PATHS, ...REST_PATHS];

/** Whether a path is that of one of the service's own routes, or beneath it. Routes are matched in any case. */
export function isOwnPath(path: string): boolean {
  const lower = path.toLowerCase();
  return OWN_PATHS.some((own) => lower === own || lower.startsWith(`${own}/`));
}
