/** 自动回复试一试: what the account would answer to a text. It is decided as for a fan, and nothing is written. */
import { EventId, type FanSaid, type WechatSettings } from '../../../schema/index.ts';
import { decide } from '../../decide/decide.ts';
import type { Effect } from '../../decide/effects.ts';
import type { Engine } from '../../engine/engine.ts';
import { readWorld } from '../../engine/reading.ts';

/** An openid that nobody has: without an openid the answer is for a stranger. */
const stranger = 'stranger';

export type Trial = { readonly text: string; readonly openid: string | undefined };

export type Tried = { readonly wechat: WechatSettings; readonly effects: readonly Effect[] };

export async function tryReply(
  engine: Engine,
  { text, openid = stranger }: Trial,
  now: number,
): Promise<Tried> {
  const event: FanSaid = {
    type: 'fan.said',
    id: EventId.parse('trial'),
    namespace: '',
    occurredAt: now,
    openid,
    kind: 'text',
    text,
  };
  const { loaded } = await readWorld(engine, [{ event, seq: null }], now);
  const decision = decide(loaded.world, event);
  const effects = decision.verdict === 'accepted' ? decision.effects : [];
  return { wechat: loaded.world.config.settings.wechat, effects };
}
