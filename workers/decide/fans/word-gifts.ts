/** 口令: a word that a campaign names is answered with what it gives, or with why not; whoever is no member hears how to become one. */
import type { FanSaid } from '../../../schema/index.ts';
import { awards } from '../awards/index.ts';
import { campaignsAt } from '../campaigns/campaigns-at.ts';
import { periodMiss } from '../campaigns/evaluate.ts';
import type { Effect } from '../effects.ts';
import { give, type Given } from '../occasions/give.ts';
import type { Facts } from '../predicates/define.ts';
import { met } from '../triggers/define.ts';
import { fanSaid } from '../triggers/fan-said.ts';
import type { World } from '../world.ts';
import { replyOrFallback, type About } from './fans.ts';
import { keywordRule } from './keywords.ts';

const registerFirst = '您还不是会员。先在这里注册，再发一次这个词就能领：{注册链接}';

/** Null where no campaign names the word. */
export function wordGifts(world: World, event: FanSaid, about: About): readonly Effect[] | null {
  const { id, openid, text } = event;
  if (text === null || !isNamed(world, event, text)) return null;
  const answer = (template: string): readonly Effect[] =>
    replyOrFallback(world, { event, openid, template }, about);
  if (about.member === null) return answer(registerFirst);
  const effects: Effect[] = [];
  for (const happened of met(fanSaid, event, about.member, { occurrence: id, facts: { said: text } })) {
    const gave = give(world, happened);
    const template = answerTo(gave, keywordRule(world.config.settings.wechat, text)?.reply);
    effects.push(...gave.effects, ...(template === null ? [] : answer(template)));
  }
  return effects;
}

function isNamed(world: World, { occurredAt }: FanSaid, said: string): boolean {
  const moment = { occurredAt, evaluatedAt: world.now };
  return campaignsAt(world, fanSaid.kind, moment).campaigns.some((campaign) => {
    const asked = campaign.conditions.filter(({ reason }) => reason === fanSaid.asks);
    // It looks at nothing but what was said.
    const facts = { said } as Facts;
    return periodMiss(campaign, occurredAt) === null && asked.every(({ test }) => test(facts));
  });
}

/** The shop's own answer to the word, where there is one, goes with the gift; null where the gift speaks for itself. */
function answerTo({ effects, given, misses }: Given, own: string | undefined): string | null {
  if (effects.length > 0) {
    const got = awards.flatMap(({ kind, words }) => (given[kind] ? words(given[kind]) || [] : []));
    return own ?? (got.length === 0 ? null : `领取成功：${got.join('，')}。`);
  }
  const reasons = [...misses.values()];
  const limit = reasons.flatMap((miss) => ('limit' in miss ? [miss.limit] : []));
  if (limit.includes('perMemberPerDay')) return '您今天已经领过了，明天再来。';
  if (limit.includes('perMember')) return '您已经领过了。';
  return reasons.length > 0 ? '已经领完了，下次早点来。' : '这个活动您暂时不能参加。';
}
