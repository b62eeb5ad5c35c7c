/** 选路: every message goes by the cheapest open channel; for every other channel the reason is kept. Pure. */
import type { PassedOver } from '../../schema/index.ts';
import type { Channel, Context, Lines } from './channels/define.ts';
import { reasons } from './words/reasons.ts';

export type Route = {
  /** Open channels, best first. */
  readonly ways: readonly Channel[];
  readonly passedOver: readonly PassedOver[];
  /** Channel names in the kind's order, which is the order of the reasons. */
  readonly order: readonly string[];
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
  for (const channel of channels) {
    if (tried.some((one) => one.channel === channel.name)) continue;
    const why = connected.has(channel.line) ? channel.permits(context) : reasons.notConnected[channel.line];
    if (why === null) ways.push(channel);
    else passedOver.push({ channel: channel.name, why });
  }
  return {
    // The sort is stable: channels of the same cost keep the kind's order.
    ways: ways.toSorted((one, other) => one.costMilliYuan - other.costMilliYuan),
    passedOver,
    order: channels.map(({ name }) => name),
  };
}

/** The first channel turned out to be closed. */
export function passOver({ ways, passedOver, order }: Route, why: string): Route {
  const [first, ...rest] = ways;
  if (!first) return { ways, passedOver, order };
  return { ways: rest, passedOver: [...passedOver, { channel: first.name, why }], order };
}

/** What is stored when the first channel was used, or none is left. */
export function untaken({ ways: [, ...rest], passedOver, order }: Route): PassedOver[] {
  const spared = rest.map(({ name }) => ({ channel: name, why: reasons.notNeeded }));
  return [...passedOver, ...spared].toSorted(
    (one, other) => order.indexOf(one.channel) - order.indexOf(other.channel),
  );
}
