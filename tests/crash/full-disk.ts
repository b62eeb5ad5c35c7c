/** 磁盘写满, on a disk of its own: filled to the last byte while the tills go on, and then there is room again. Ends with 1 for a difference. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { keepingOf } from './protocol.ts';
import { startServer } from './process.ts';
import { openRound, say, sleep } from './round.ts';

const eventsBefore = 30;
const fullMs = 3_000;

const [keeping, times] = [keepingOf(process.argv[2]), Number(process.argv[3])];
const { stateDir, tills, acknowledged, live, settle } = openRound('full-disk');
const server = await startServer(stateDir, keeping);
const ballast = join(stateDir, 'ballast');
tills.aim(server.url);
for (let time = 1; time <= times; time += 1) {
  await live(eventsBefore);
  const before = acknowledged();
  fill(ballast);
  await sleep(fullMs);
  rmSync(ballast);
  say(`${keeping}: full for ${fullMs} ms, ${acknowledged() - before} events acknowledged meanwhile`);
}
const found = await settle(server, { keeping, times });
process.exit(found === 0 ? 0 : 1);

/** Large pieces first, then small ones, until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  for (const size of [1 << 20, 1 << 12, 1]) {
    const piece = Buffer.alloc(size);
    try {
      while (writeSync(file, piece) > 0);
    } catch {
      // It is full for pieces of this size.
    }
  }
  closeSync(file);
}
