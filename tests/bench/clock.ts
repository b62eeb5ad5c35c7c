/** How fast something is: warmed up, then run over and over for a given time. */

/** Calls a second. `work` is called in rounds of `perRound`, so that reading the clock costs nothing. */
export function speedOf(work: () => void, forMs: number, perRound: number): number {
  rounds(work, forMs / 4, perRound);
  const { calls, ms } = rounds(work, forMs, perRound);
  return (calls * 1000) / ms;
}

function rounds(work: () => void, forMs: number, perRound: number): { calls: number; ms: number } {
  const startedAt = performance.now();
  let calls = 0;
  let ms = 0;
  while (ms < forMs) {
    for (let call = 0; call < perRound; call += 1) work();
    calls += perRound;
    ms = performance.now() - startedAt;
  }
  return { calls, ms };
}

/** Calls a second of something asynchronous, one at a time. */
export async function speedOfAsync(work: () => Promise<unknown>, forMs: number): Promise<number> {
  const run = async (lastsMs: number): Promise<number> => {
    const startedAt = performance.now();
    let calls = 0;
    while (performance.now() - startedAt < lastsMs) {
      await work();
      calls += 1;
    }
    return (calls * 1000) / (performance.now() - startedAt);
  };
  await run(forMs / 4);
  return run(forMs);
}

/** CPU milliseconds of this process per call, whatever the other processes of the machine are doing. */
export async function cpuMsOf(work: () => Promise<unknown>, calls: number): Promise<number> {
  for (let call = 0; call < calls / 4; call += 1) await work();
  const before = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}
