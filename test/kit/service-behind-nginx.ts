import { documentedNginx, type NginxPlace } from './documented-nginx.js';
import { startNginx } from './nginx.js';
import { freePort } from './redis-server.js';
import { startService, type ServiceOptions, type TestService } from './service.js';

/** A service behind an nginx of its own; its `url` is the public one, with the prefix. */
export async function startServiceBehindNginx(
  { env, ...options }: ServiceOptions,
  place: Pick<NginxPlace, 'prefix' | 'strips' | 'rewritesHost'>,
): Promise<TestService> {
  const [port, ownPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}${place.prefix}`;
  const nginx = await startNginx(documentedNginx({ ...place, port, service: ownPort }));
  const service = await startService({
    ...options,
    env: { ...env, PORT: String(ownPort), PUBLIC_URL: url },
  }).catch(async (error: unknown) => {
    await nginx.stop();
    throw error;
  });
  return {
    ...service,
    stop: async (signal) => {
      await nginx.stop();
      return service.stop(signal);
    },
  };
}
