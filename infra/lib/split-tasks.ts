/** Which service answers what, where each task has a service of its own: plain data. test/infra holds it to the service. */

export interface SplitTask {
  /** In `TASKS`. */
  readonly task: string;
  readonly name: string;
  /** GraphQL for this task, and its route of the earlier service, whose clients may write a slash at its end. */
  readonly paths: readonly string[];
}

const split = (task: string, rest: string): SplitTask => {
  const name = task.toLowerCase().replaceAll('_', '-');
  return { task, name, paths: [`/graphql/${name}`, rest, `${rest}/`] };
};

export const SPLIT_TASKS = [
  split('CLASSIFY', '/classify_image'),
  split('SEGMENT_ROAD', '/road_segmentation'),
  split('DETECT_OBJECTS', '/object_detection'),
  split('SUPER_RESOLVE', '/super_resolution'),
] as const;
