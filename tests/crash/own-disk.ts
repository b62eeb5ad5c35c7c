/** 自己的磁盘: a program in a world where its temporary files lie on a small disk of their own, which goes with it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const asRootOfItsOwn = ['-Urm', 'sh', '-c'] as const;
const mountAndBecome = 'mount -t tmpfs -o size="$1"m tmpfs "$0" && shift && TMPDIR="$0" exec "$@"';

/** How it ended; null where the machine lets nobody mount anything. */
export function onOwnDisk(mb: number, program: readonly string[]): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'huike-disk-'));
  const run = (size: number, what: readonly string[]): number | null =>
    spawnSync('unshare', [...asRootOfItsOwn, mountAndBecome, folder, String(size), ...what], {
      stdio: 'inherit',
    }).status;
  try {
    return run(1, ['true']) === 0 ? run(mb, program) : null;
  } finally {
    rmdirSync(folder);
  }
}
