/** 选路: every message goes the cheapest way that is open to it; of every way not taken the reason is kept. Pure. */
import type { PassedOver } from '../../schema/index.ts';
import type { Channel, Context, Lines } from './channels/define.ts';
import { reasons } from './words/reasons.ts';

export type Route = {
  /** Still open, best first. */
  readonly ways: readonly Channel[];
  readonly passedOver: readonly PassedOver[];
  /** Names, in the kind's own order: reasons are told in it. */
  readonly order: readonly string[];
};

export type Choice = {
  /** Those that may carry the kind at all. */
  readonly channels: readonly Channel[];
  readonly connected: ReadonlySet<keyof Lines>;
  /** What became of the message before. */
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
    // Sorting keeps the kind's order among those that cost the same.
    ways: ways.toSorted((one, other) => one.costMilliYuan - other.costMilliYuan),
    passedOver,
    order: channels.map(({ name }) => name),
  };
}

/** The first way is not open after all. */
export function passOver({ ways, passedOver, order }: Route, why: string): Route {
  const [first, ...rest] = ways;
  if (!first) return { ways, passedOver, order };
  return { ways: rest, passedOver: [...passedOver, { channel: first.name, why }], order };
}

/** What is written down when the first way was taken, or none is left. */
export function untaken({ ways: [, ...rest], passedOver, order }: Route): PassedOver[] {
  const spared = rest.map(({ name }) => ({ channel: name, why: reasons.notNeeded }));
  return [...passedOver, ...spared].toSorted(
    (one, other) => order.indexOf(one.channel) - order.indexOf(other.channel),
  );
}
