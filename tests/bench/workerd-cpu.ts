/** What workerd itself worked: beside a rate it says how much of it was the rest of the machine. Linux only; 0 elsewhere. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** A tick of the kernel's clock, as on every common Linux. */
const msPerTick = 10;

/** Where there are none, a figure made of them says nothing and is held against no bound. */
export const hasCpuTimes = existsSync('/proc/self/stat');

/** CPU milliseconds so far of every workerd this process has started. */
export function workerdCpuMs(): number {
  if (!hasCpuTimes) return 0;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(statOf(pid)) ?? [];
    const fields = rest.split(' ');
    if (name === 'workerd' && fields[1] === String(process.pid))
      ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks * msPerTick;
}

/** Empty for a process that has just ended. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
