/**
 * `npm run test:crash`: kills everything in mid-flight, keeps the database from writing, fills the disk, and proves that nothing
 * acknowledged was lost and nothing was doubled.
 */
import { join } from 'node:path';
import { kills } from './kills.ts';
import { onOwnDisk } from './own-disk.ts';
import type { Keeping } from './protocol.ts';
import { say } from './round.ts';
import { stalls } from './stalls.ts';

const isShort = process.argv.includes('--short');
const someLocksMs = [50, 400, 2_000];
const allLocksMs = [50, 100, 200, 400, 1_000, 2_000, 4_000, 8_000, 45_000];
/** Room for the shop, and little more to fill. */
const diskMb = 48;

async function fullDisk(keeping: Keeping, times: number): Promise<number> {
  const script = join(import.meta.dirname, 'full-disk.ts');
  const status = onOwnDisk(diskMb, [process.execPath, script, keeping, String(times)]);
  if (status === null)
    say('full-disk was not tried: this machine gives nobody a disk of their own (unshare -Urm)');
  return status ?? 0;
}

const parts = isShort
  ? [() => kills(2, 60), () => stalls('queue', someLocksMs), () => fullDisk('database', 1)]
  : [
      () => kills(6, 200),
      () => stalls('database', allLocksMs),
      () => stalls('queue', allLocksMs),
      () => fullDisk('database', 3),
      () => fullDisk('queue', 2),
    ];

let found = 0;
for (const part of parts) found += await part();
process.exit(found === 0 ? 0 : 1);
