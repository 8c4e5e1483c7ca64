import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { environmentWith, type Role } from '../config.js';

/** As `npm start` has them; docs/decisions/0006-node-flags.md tells why. */
export const NODE_FLAGS = ['--v8-pool-size=1', '--initial-old-space-size=256'];

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the service in a process of its own, which Node has to be told how to start.
 * @param environment variables of the service that differ from this process's
 * @returns its exit code
 */
export function runService(role: Role, environment: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, role], {
    env: environmentWith(environment),
    // The channel ends with this process, however that ends, and the service with the channel.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A terminal's Ctrl-C goes to all processes of a group; passed on as well, it would come twice, and the
    // second time means at once.
    detached: true,
  });
  const passOn = (signal: NodeJS.Signals): void => {
    // Of a terminal that is gone, a service only wants to know that it is to end.
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of PASSED_ON) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of PASSED_ON) process.off(name, passOn);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}
