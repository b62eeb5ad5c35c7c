/** Starts the Worker in a process group of its own, and kills all of it at once. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { refusedCode, type Answer, type Keeping, type Order } from './protocol.ts';

const answerTimeoutMs = 60_000;

export type Server = {
  readonly url: string;
  /** SIGKILL to the whole group: no handler runs, nothing is flushed, workerd dies with it. */
  readonly kill: () => Promise<void>;
  /** Runs the cron as of that instant; tells what is left to do. */
  readonly cron: (at: number) => Promise<{ events: number; messages: number }>;
  readonly stop: () => Promise<void>;
};

const program = (stateDir: string, keeping: Keeping): string[] => [
  join(import.meta.dirname, 'server.ts'),
  stateDir,
  keeping,
];

/** Whether another process gets to work on the same state; it may not, as long as somebody does. */
export const wouldStart = (stateDir: string): boolean =>
  spawnSync(process.execPath, program(stateDir, 'database'), { stdio: 'ignore', timeout: answerTimeoutMs })
    .status !== refusedCode;

/** What it says while the database takes nothing is not news. */
const isExpected = (line: string): boolean =>
  /event=(inbox_unreachable|bell_failed|sending_failed) |SQLITE_(BUSY|FULL)|^stack: /.test(line);

export async function startServer(stateDir: string, keeping: Keeping): Promise<Server> {
  const child = spawn(process.execPath, program(stateDir, keeping), {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  if (child.stderr)
    createInterface(child.stderr).on('line', (line) => {
      if (!isExpected(line)) process.stderr.write(`${line}\n`);
    });
  const { pid } = child;
  if (pid === undefined) throw new Error('the server could not be started');
  const gone = once(child, 'exit');
  const answered = async (): Promise<Answer> => {
    const signal = AbortSignal.timeout(answerTimeoutMs);
    const [answer] = await Promise.race([
      once(child, 'message', { signal }),
      gone.then((): never => {
        throw new Error('the server has gone');
      }),
    ]);
    return answer;
  };
  const tell = (order: Order): void => {
    child.send(order);
  };
  // A test that fails half-way leaves nothing running.
  const killGroup = (): void => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL');
  };
  process.once('exit', killGroup);

  const ready = await answered();
  if (ready.answer !== 'ready') throw new Error(`the server said ${ready.answer} before it was ready`);
  return {
    url: ready.url,
    kill: async () => {
      killGroup();
      await gone;
      process.off('exit', killGroup);
    },
    cron: async (at) => {
      const answer = answered();
      tell({ order: 'cron', at });
      const ticked = await answer;
      if (ticked.answer !== 'ticked') throw new Error(`the server said ${ticked.answer} to a cron`);
      return ticked;
    },
    stop: async () => {
      tell({ order: 'stop' });
      await gone;
      process.off('exit', killGroup);
    },
  };
}
