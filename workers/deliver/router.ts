/** 选路: every message goes by the cheapest open channel; for every other channel the reason is kept. Pure. */
import type { PassedOver } from '../../schema/index.ts';
import type { Again, Channel, Context, Lines } from './channels/define.ts';
import { reasons } from './words/reasons.ts';

export type Route = {
  /** Open channels, best first. */
  readonly ways: readonly Channel[];
  readonly passedOver: readonly PassedOver[];
  /** Channel names in the kind's order, which is the order of the reasons. */
  readonly order: readonly string[];
  /** A way will be open later: when no other is, it is tried then. */
  readonly again?: Again;
};

export type Choice = {
  /** The channels that may carry the kind. */
  readonly channels: readonly Channel[];
  readonly connected: ReadonlySet<keyof Lines>;
  /** Channels that earlier drains passed over. */
  readonly before: readonly PassedOver[];
};

export function route(context: Context, { channels, connected, before }: Choice): Route {
  const tried = before.filter(({ isTried }) => isTried === true);
  const ways: Channel[] = [];
  const passedOver: PassedOver[] = [...tried];
  let again: Again | undefined;
  for (const channel of channels) {
    if (tried.some((one) => one.channel === channel.name)) continue;
    const isConnected = connected.has(channel.line);
    const objection = isConnected ? channel.permits(context) : reasons.notConnected[channel.line];
    if (objection === null) {
      ways.push(channel);
      continue;
    }
    passedOver.push({
      channel: channel.name,
      why: typeof objection === 'string' ? objection : objection.why,
    });
    if (typeof objection !== 'string') again = sooner(again, objection.again);
  }
  return {
    // The sort is stable: channels of the same cost keep the kind's order.
    ways: ways.toSorted((one, other) => one.costMilliYuan - other.costMilliYuan),
    passedOver,
    order: channels.map(({ name }) => name),
    ...(again && { again }),
  };
}

export const sooner = (one: Again | undefined, other: Again | undefined): Again | undefined =>
  one && other ? ((other.afterSeconds ?? 0) < (one.afterSeconds ?? 0) ? other : one) : (one ?? other);

/** The first channel turned out to be closed; with `again`, until then. */
export function passOver(route: Route, why: string, again?: Again): Route {
  const [first, ...rest] = route.ways;
  if (!first) return route;
  const passedOver = [...route.passedOver, { channel: first.name, why }];
  const soonest = sooner(route.again, again);
  return { ...route, ways: rest, passedOver, ...(soonest && { again: soonest }) };
}

/** What is stored when the first channel was used, or none is left. */
export function untaken({ ways: [, ...rest], passedOver, order }: Route): PassedOver[] {
  const spared = rest.map(({ name }) => ({ channel: name, why: reasons.notNeeded }));
  return [...passedOver, ...spared].toSorted(
    (one, other) => order.indexOf(one.channel) - order.indexOf(other.channel),
  );
}
