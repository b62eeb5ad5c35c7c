/** 自动回复试一试: what the account would answer to a text. It is decided as for a fan, and nothing is written. */
import { EventId, type FanSaid, type WechatSettings } from '../../../schema/index.ts';
import { keywordRule } from '../../decide/fans/keywords.ts';
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

export type Answer = {
  readonly answeredBy: 'keyword' | 'fallback' | 'associate' | 'nobody';
  /** Which of the settings' keywords. */
  readonly rule: { index: number; match: 'exact' | 'contains'; words: string[] } | null;
  readonly text: string | null;
  /** Variables without a value here: such an answer is never sent. */
  readonly missing: string[];
};

/** Who would answer to it, and what. */
export function answerOf(said: string, { wechat, effects }: Tried): Answer {
  const messages = effects.flatMap((effect) => (effect.type === 'message.queue' ? [effect.note] : []));
  const replies = messages.flatMap(({ kind, payload }) => (kind === 'reply' ? [payload] : []));
  const rule = replies.length > 0 ? keywordRule(wechat, said) : null;
  const texts = replies.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  const missing = replies.flatMap((payload) => (Array.isArray(payload['missing']) ? payload['missing'] : []));
  const toAssociate = messages.length > replies.length;
  const bySettings = rule && (missing.length === 0 || texts.length === 0) ? 'keyword' : 'fallback';
  const byNobody = replies.length > 0 ? bySettings : 'nobody';
  return {
    answeredBy: texts.length === 0 && toAssociate ? 'associate' : byNobody,
    rule: rule && { index: wechat.keywords.indexOf(rule), match: rule.match, words: [...rule.words] },
    text: texts[0] ?? null,
    missing: missing.map(String),
  };
}
