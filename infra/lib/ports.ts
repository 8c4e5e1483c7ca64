/** Ports of TCP. Not Redis's own: whoever has found a way in should not find it at once. */
export const ports = { api: 4000, worker: 4001, queue: 6380, traces: 4318 } as const;
