/** 断电: everything is killed in mid-flight, some of it while the database takes nothing, and starts again on what is left. */
import { holdWrites } from './lock.ts';
import { startServer } from './process.ts';
import { openRound, say, sleep } from './round.ts';

/** A process lives until it has taken in so many events, and then a moment longer. */
const momentMaxMs = 600;
const stallMaxMs = 400;

export async function kills(times: number, eventsPerLife: number): Promise<number> {
  const { stateDir, random, tills, acknowledged, live, settle } = openRound('crash');
  let server = await startServer(stateDir, 'database');
  for (let kill = 1; kill <= times; kill += 1) {
    tills.aim(server.url);
    await live(eventsPerLife);
    // Every other time: whoever closes a database last tidies it up, and that is to be the Worker's own work as well.
    const stall = kill % 2 === 0 ? holdWrites(stateDir, random.below(stallMaxMs)) : null;
    await sleep(random.below(momentMaxMs));
    tills.aim(null);
    await server.kill();
    await stall;
    say(`kill ${kill}: ${acknowledged()} events acknowledged so far`);
    // The lock of the dead process is gone with it: this one would refuse to start.
    server = await startServer(stateDir, 'database');
  }
  return settle(server, { kills: times });
}
