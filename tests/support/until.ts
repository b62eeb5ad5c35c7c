/** 等事实: a test waits for what it wants to see, and not for a while. */

/** Only says when a failure is told: a little less than a test may take. */
const usualPatienceMs = 110_000;
const lookAgainMs = 20;

export async function until(
  isSo: () => boolean | Promise<boolean>,
  patienceMs = usualPatienceMs,
): Promise<void> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > patienceMs) throw new Error(`never so: ${isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}
