/** 免费套餐: what Cloudflare gives away, and what it counts. */

/** Written, read, deleted. */
export const operationsPerMessage = 3;

/** CPU is limited by the invocation and not by the day: `perInvocation` of the plan. */
export const freePlan = {
  rowsWrittenPerDay: 100_000,
  queueOperationsPerDay: 10_000,
  requestsPerDay: 100_000,
  databaseBytes: 500_000_000,
} as const;
