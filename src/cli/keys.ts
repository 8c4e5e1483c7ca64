import type { Command } from 'commander';

interface FileOption {
  readonly file?: string;
}

/** `keys add | list | remove`: who may use the service. */
export function addKeysCommand(program: Command): void {
  const keys = program
    .command('keys')
    .description('API keys: who may use a service that was started with API_KEYS_FILE');
  const command = (name: string, description: string) =>
    keys
      .command(name)
      .description(description)
      .option('--file <path>', 'the key file (default: that of API_KEYS_FILE)');
  command('add', 'make a key and print it; it is shown this once and kept nowhere')
    .argument('<name>', 'who it is for: the owner of the jobs that are made with it')
    .option('--admin', 'let it fetch models as well')
    .action(async (name: string, { file, admin = false }: FileOption & { admin?: boolean }) => {
      const { addKey, keyFile } = await work();
      await addKey(keyFile(file), name, admin);
    });
  command('list', 'whose keys there are')
    .option('--json', 'print JSON')
    .action(async ({ file, json = false }: FileOption & { json?: boolean }) => {
      const { keyFile, listKeys } = await work();
      await listKeys(keyFile(file), json);
    });
  command('remove', 'withdraw a key; a running service knows within seconds')
    .argument('<name>', 'whose key')
    .action(async (name: string, { file }: FileOption) => {
      const { keyFile, removeKey } = await work();
      await removeKey(keyFile(file), name);
    });
}

/** Read when a command runs: `--help` needs none of it. */
const work = () => import('./change-keys.js');
