import { dataFolder, removeFolder } from '../kit/service-folders.js';
import { freePort, startServer } from '../kit/redis-server.js';

/** A Redis that keeps its data in a file, and can be made to go away and come back. */
export interface DurableRedis {
  readonly url: string;
  /** Ends it and starts it again on the same port and the same files. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
}

export async function startDurableRedis(): Promise<DurableRedis> {
  const dir = await dataFolder();
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const start = () => startServer('redis-server', args, 'Ready to accept connections');
  let server = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    restart: async (signal) => {
      await server.end(signal);
      server = await start();
    },
    stop: async () => {
      await server.end('SIGTERM');
      await removeFolder(dir);
    },
  };
}
