// The page, made by Maven: what npm ci, svelte-check, vitest and Vite do, and nothing where the sources are
// those that it was made of.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['index.html', 'package.json', 'package-lock.json', 'vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'src', 'test'];
const OUT = 'target/classes/org/postroom/webmail/index.html';
const MADE_OF = 'target/made-of';

function files(path) {
  return /\.[a-z]+$/.test(path) ? [path] : readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) hash.update(path + '\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return;
  process.stderr.write(`${command} ${args.join(' ')}\n${stdout ?? ''}${stderr ?? ''}\n`);
  process.exit(1);
}

const now = digest(SOURCES.flatMap(files));
if (existsSync(OUT) && existsSync(MADE_OF) && readFileSync(MADE_OF, 'utf8') === now) process.exit(0);

const lock = digest(['package.json', 'package-lock.json']);
const installed = 'node_modules/.made-of';
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
}
run('npm', 'run', 'check');
run('npm', 'test');
run('npm', 'run', 'build');
mkdirSync('target', { recursive: true });
writeFileSync(MADE_OF, now);
