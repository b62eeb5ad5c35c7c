/** 后台的页: what one costs with half a million events and members: time, rows read, and the Worker's own work. */
import { askedDaily, lookedThrough, openManyRows, otherRooms, type ManyRows } from './many-rows.ts';
import { median, progress, report, rounded } from './report.ts';
import type { Length } from './run.ts';
import { workerdCpuMs } from './workerd-cpu.ts';

const [timesWarm, timesAsked] = [20, 40];

export async function benchConsole({ rows }: Length): Promise<void> {
  const shop = await openManyRows(rows);
  progress(`console: ${String(rows)} rows stored`);
  // Answered by the Worker without a look at the database: what sockets and the runtime cost by themselves.
  const floor = await asked(shop, '/console');
  for (const path of [...askedDaily, ...otherRooms, ...lookedThrough]) {
    const { times, cpuMs, last } = await asked(shop, path);
    // The same questions without the page: of the page's figure it is the part of the database and of the way there.
    const again = await asked(shop, '/again');
    const name = `console${decodeURIComponent(path).replace('/console', '')}`;
    const { rowsRead, roundTrips, bytes, status } = last;
    report({
      name,
      unit: 'ms',
      samples: [median(times)],
      bound: { atMost: 300 },
      context: { slowest: rounded(Math.max(...times)), rowsRead, bytes, status, rows },
    });
    report({
      name: `${name}/cpu`,
      unit: 'ms',
      samples: [cpuMs - floor.cpuMs],
      // Of what is looked through, most is the work of the database, which is not the Worker's.
      ...(!lookedThrough.includes(path) && { bound: { atMost: 10 } }),
      context: {
        what: 'the page and the local database',
        database: rounded(again.cpuMs - floor.cpuMs),
        roundTrips,
        floor: rounded(floor.cpuMs),
      },
    });
  }
  await shop.stop();
}

async function asked(shop: ManyRows, path: string) {
  let last = await shop.ask(path);
  for (let time = 0; time < timesWarm; time += 1) await shop.ask(path);
  const before = workerdCpuMs();
  const times: number[] = [];
  for (let time = 0; time < timesAsked; time += 1) {
    last = await shop.ask(path);
    times.push(last.ms);
  }
  return { times, last, cpuMs: (workerdCpuMs() - before) / timesAsked };
}
