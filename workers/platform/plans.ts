/** How much one invocation takes on, by Cloudflare plan: the free one allows 10 ms of CPU and 50 queries. */

export type PlanName = 'free' | 'paid';

export type Plan = {
  readonly name: PlanName;
  /** What Cloudflare allows one invocation. */
  readonly perInvocation: { readonly statements: number; readonly cpuMs: number };
  readonly eventsPerGroup: number;
  readonly groupsPerInvocation: number;
  readonly messagesPerInvocation: number;
  readonly remindersPerTick: number;
  readonly transfersPerInvocation: number;
  /** Rows that may be written; null where more are merely paid for. */
  readonly rowsPerDay: number | null;
  /** What one database may hold. */
  readonly databaseBytesMax: number;
  /** Rings closer than this become one. On the free plan a second more is cheaper than three queue operations. */
  readonly ringsApartMs: number;
};

export const plans: Readonly<Record<PlanName, Plan>> = {
  free: {
    name: 'free',
    perInvocation: { statements: 50, cpuMs: 10 },
    eventsPerGroup: 12,
    groupsPerInvocation: 1,
    messagesPerInvocation: 6,
    remindersPerTick: 12,
    transfersPerInvocation: 2,
    rowsPerDay: 100_000,
    databaseBytesMax: 500_000_000,
    ringsApartMs: 1_000,
  },
  paid: {
    name: 'paid',
    perInvocation: { statements: 1_000, cpuMs: 30_000 },
    // Half the pages a sale of groups of 250: neighbours share them.
    eventsPerGroup: 1_000,
    groupsPerInvocation: 10,
    messagesPerInvocation: 480,
    remindersPerTick: 250,
    transfersPerInvocation: 20,
    rowsPerDay: null,
    databaseBytesMax: 10_000_000_000,
    // A busy shop's sales are decided four times a second: seventy together share what each group asks for.
    ringsApartMs: 250,
  },
};
