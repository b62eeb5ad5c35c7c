/** How much one invocation takes on, by Cloudflare plan: the free one allows 10 ms of CPU and 50 queries. */

export type Plan = {
  readonly eventsPerGroup: number;
  readonly groupsPerInvocation: number;
  readonly messagesPerInvocation: number;
  readonly remindersPerTick: number;
  readonly transfersPerInvocation: number;
};

export const plans: Readonly<Record<'free' | 'paid', Plan>> = {
  free: {
    eventsPerGroup: 12,
    groupsPerInvocation: 1,
    messagesPerInvocation: 6,
    remindersPerTick: 12,
    transfersPerInvocation: 2,
  },
  paid: {
    eventsPerGroup: 250,
    groupsPerInvocation: 20,
    messagesPerInvocation: 120,
    remindersPerTick: 250,
    transfersPerInvocation: 20,
  },
};
