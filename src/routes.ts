/** The paths of the service's own routes. */

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

const OWN_PATHS = ['/graphql', '/files', '/studio/assets', ...OPERATOR_PATHS, ...REST_PATHS];

/** Whether a path is that of one of the service's own routes, or beneath it. Routes are matched in any case. */
export function isOwnPath(path: string): boolean {
  const lower = path.toLowerCase();
  return OWN_PATHS.some((own) => lower === own || lower.startsWith(`${own}/`));
}
