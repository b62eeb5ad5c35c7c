/** 停顿: the database takes nothing for a while, again and again, while the tills go on; and a second process wants the same state. */
import { holdWrites } from './lock.ts';
import { startServer, wouldStart } from './process.ts';
import type { Keeping } from './protocol.ts';
import { openRound, say } from './round.ts';

const eventsBetween = 30;

export async function stalls(keeping: Keeping, locksMs: readonly number[]): Promise<number> {
  const { stateDir, tills, acknowledged, live, settle } = openRound('stalls');
  const server = await startServer(stateDir, keeping);
  tills.aim(server.url);
  for (const ms of locksMs) {
    await live(eventsBetween);
    const before = acknowledged();
    await holdWrites(stateDir, ms);
    say(`${keeping}: no writing for ${ms} ms, ${acknowledged() - before} events acknowledged meanwhile`);
  }
  const isSecondStarted = wouldStart(stateDir);
  await live(eventsBetween);
  const found = await settle(server, { keeping, locksMs: locksMs.join(), isSecondStarted });
  return found + (isSecondStarted ? 1 : 0);
}
