import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, foldersOnPath } from './programs.js';

/** A small S3 server that checks signatures, those of presigned addresses and their end included. */
const PROGRAM = 'versitygw';
const MODULE = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';

/** How to have it; built once, which takes minutes. */
export const S3_INSTALL = ['go', 'install', MODULE] as const;

/** On PATH, or where Go puts what it installs; null where it is not. */
export function findS3Server(): string | null {
  const { GOBIN, GOPATH } = process.env;
  const folders = [...foldersOnPath(), GOBIN ?? '', join(GOPATH ?? join(homedir(), 'go'), 'bin')];
  return findProgram(
    PROGRAM,
    folders.filter((folder) => folder !== ''),
  );
}
