import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VENV = fileURLToPath(new URL('../../node_modules/.cache/cfn-lint', import.meta.url));

function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 240_000 }).status === 0;
}

/** Where it is, having installed it where that is wanted: nobody's machine is changed unasked. */
function find(): string | null {
  const own = `${VENV}/bin/cfn-lint`;
  if (runs('cfn-lint', '--version')) return 'cfn-lint';
  if (existsSync(own)) return own;
  const { CI, OKULO_TEST_INSTALL } = process.env;
  if (CI !== 'true' && OKULO_TEST_INSTALL !== '1') return null;
  const installed =
    runs('python3', '-m', 'venv', VENV) && runs(`${VENV}/bin/pip`, 'install', '--quiet', 'cfn-lint>=1.58,<2');
  return installed ? own : null;
}

/** @returns what cfn-lint says of a template, nothing where it is clean; null where there is no cfn-lint */
export function cfnLint(): ((template: string) => string) | null {
  const program = find();
  if (program === null) return null;
  return (template) => {
    const { stdout, stderr, error } = spawnSync(program, [template], { encoding: 'utf8', timeout: 240_000 });
    if (error) throw error;
    return `${stdout}${stderr}`.trim();
  };
}
