import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A small S3 server that checks signatures, those of presigned addresses and their end included. */
const PROGRAM = 'versitygw';
const MODULE = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';

/** How to have it. */
export const S3_INSTALL = `go install ${MODULE}`;

/** On PATH, or where Go puts what it installs; null where it is not. */
export function findS3Server(): string | null {
  const { GOBIN, GOPATH } = process.env;
  return find(PROGRAM, [...foldersOnPath(), GOBIN ?? '', join(GOPATH ?? join(homedir(), 'go'), 'bin')]);
}

/** Builds it where there is a Go, which takes minutes, once. Without a network it gives up. */
export function installS3Server(): void {
  const go = find('go', foldersOnPath());
  if (go === null) return;
  console.log(`building the S3 server of the tests: ${S3_INSTALL}`);
  const { status, stderr, error } = spawnSync(go, ['install', MODULE], {
    encoding: 'utf8',
    timeout: 480_000,
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  if (status === 0) return;
  console.log(`that did not work: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}`);
}

function foldersOnPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter);
}

function find(program: string, folders: readonly string[]): string | null {
  const paths = folders.filter((folder) => folder !== '').map((folder) => join(folder, program));
  return paths.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
