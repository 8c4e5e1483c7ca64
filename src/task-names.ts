/** What models are asked for. Whatever differs from task to task hangs on these names, in tables that miss none. */
export const TASKS = ['CLASSIFY', 'SEGMENT_ROAD', 'DETECT_OBJECTS', 'SUPER_RESOLVE'] as const;
export type Task = (typeof TASKS)[number];
