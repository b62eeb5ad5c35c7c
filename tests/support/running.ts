/** `npm start` as a newcomer runs it: a child process with a port and a state folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/runtime.ts';
import { scan } from './log-scan.ts';
import { until } from './until.ts';

export type Running = {
  readonly url: string;
  readonly stateDir: string;
  /** What it printed. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};

/** Looks on while it starts. */
export type Watch = (starting: {
  readonly url: string;
  readonly output: () => string;
  readonly isOver: () => boolean;
}) => Promise<void>;

/** A little less than a hook may take. */
const startTimeoutMs = 170_000;
const startsMax = 5;
const lowestPort = 20_000;
const portsMax = 12_000;
let programs = 0;

export const newStateDir = (): string => mkdtempSync(join(tmpdir(), 'huike-state-'));

/**
 * A port below those that the kernel hands out (from 32768 on): in the seconds before a program opens its
 * door, no runtime of another test can come by it.
 */
export function freePort(): Promise<number> {
  const port = lowestPort + Math.floor(Math.random() * portsMax);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}

/** A port that was free may be taken by the time it is wanted: then another one is. */
export async function startHuike(stateDir: string, watch: Watch = async () => {}): Promise<Running> {
  for (let starts = 1; ; starts += 1) {
    const started = await startOnce(stateDir, watch);
    if (typeof started !== 'string') return started;
    if (starts === startsMax || !/ADDR(ESS_IN_|IN)USE/.test(started))
      throw new Error(`npm start ended at once:\n${started}`);
  }
}

/** What it printed, when it ended at once. */
async function startOnce(stateDir: string, watch: Watch): Promise<Running | string> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    cwd: root,
    env: { ...process.env, PORT: String(port), STATE_DIR: stateDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      scan(chunk.toString());
    });
  const output = (): string => printed;
  const url = `http://127.0.0.1:${port}`;
  const isOver = (): boolean => printed.includes('Press Ctrl+C') || child.exitCode !== null;
  await Promise.all([until(isOver, startTimeoutMs), watch({ url, output, isOver })]);
  if (child.exitCode !== null) return printed;
  return { url, stateDir, output, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

export const forget = (stateDir: string): void => rmSync(stateDir, { recursive: true, force: true });

/** Runs a program as a newcomer would: from a file inside the project, so that it finds the installed packages. */
export function runProgram(program: string, args: readonly string[]): Promise<string> {
  programs += 1;
  const path = join(root, 'node_modules', `.cache-huike-readme-${process.pid}-${programs}.mjs`);
  writeFileSync(path, program);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { cwd: root });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => {
      rmSync(path, { force: true });
      if (code === 0) resolve(printed);
      else reject(new Error(printed));
    });
  });
}
