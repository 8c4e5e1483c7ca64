import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VENV = fileURLToPath(new URL('../../node_modules/.cache/cfn-lint', import.meta.url));

function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore', timeout: 240_000 }).status === 0;
}

/** What an older one knows of CloudFormation lacks properties that templates have by now. */
const OLDEST = [1, 58] as const;

function isRecent(program: string): boolean {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 240_000 });
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** Where it is, having installed it where that is wanted: nobody's machine is changed unasked. */
function find(): string | null {
  const own = `${VENV}/bin/cfn-lint`;
  if (isRecent('cfn-lint')) return 'cfn-lint';
  if (existsSync(own)) return own;
  const { CI, OKULO_TEST_INSTALL } = process.env;
  if (CI !== 'true' && OKULO_TEST_INSTALL !== '1') return null;
  const installed =
    runs('python3', '-m', 'venv', VENV) &&
    runs(`${VENV}/bin/pip`, 'install', '--quiet', `cfn-lint>=${OLDEST.join('.')},<2`);
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
