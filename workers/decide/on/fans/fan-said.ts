/** 发来消息: a keyword is answered at once, an associate hears the rest, and what an associate says goes to the member who asked. */
import type { Associate, Contact, FanSaid } from '../../../../schema/index.ts';
import { wordDraws } from '../../draws/word-draws.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import {
  associateOf,
  fanOf,
  hasGap,
  memberOfFan,
  openWindow,
  reply,
  replyOrFallback,
  shopAnswer,
  type About,
} from '../../fans/fans.ts';
import { keywordRule } from '../../fans/keywords.ts';
import { associateSaid } from '../../fans/passed-on.ts';
import { wordGifts } from '../../fans/word-gifts.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const fanSaid: On<FanSaid> = {
  needs(event, ask) {
    ask.fan(event, event.openid);
    ask.speaker(event.openid);
  },
  decide: onFanSaid,
};

function onFanSaid(world: World, event: FanSaid): Decision {
  const { openid, occurredAt } = event;
  const opened = openWindow(openid, 'said', occurredAt);
  const about = { member: memberOfFan(world, openid), fan: fanOf(world, openid, occurredAt) };
  const staff = [...world.associates.values()].find((associate) => associate.openid === openid);
  if (staff) return accept([opened, ...associateSaid(world, event, { associate: staff, about })]);
  const effects: Effect[] = [opened, { type: 'contact.add', note: contactOf(world, event, about) }];
  if (!world.fans.has(openid)) effects.push({ type: 'fan.put', row: about.fan });
  const gifts = wordGifts(world, event, about);
  const drawn = gifts ? null : wordDraws(world, event, about);
  if (drawn) return accept([...effects, ...drawn.effects], drawn.followUps);
  return accept([...effects, ...(gifts ?? answers(world, event, about))]);
}

function contactOf(world: World, event: FanSaid, { member, fan }: About): Omit<Contact, 'seq'> {
  const { id, openid, kind, text, occurredAt } = event;
  return {
    thread: openid,
    memberId: member?.id ?? null,
    associateId: associateOf(world, member, fan)?.id ?? null,
    direction: 'in',
    channel: 'wechat',
    kind,
    text,
    cause: id,
    at: occurredAt,
    readAt: null,
  };
}

/** A keyword's own answer; where that has a gap, the associate hears of it as well. */
function answers(world: World, event: FanSaid, about: About): readonly Effect[] {
  const { openid, text } = event;
  const { wechat } = world.config.settings;
  const associate = associateOf(world, about.member, about.fan);
  const toAssociate = associate ? [passOn(world, event, { about, associate })] : [];
  const rule = text === null ? null : keywordRule(wechat, text);
  if (rule) {
    const found = replyOrFallback(world, { event, openid, template: rule.reply }, about);
    return found.some(hasGap) ? [...found, ...toAssociate] : found;
  }
  if (associate || wechat.fallback === null) return toAssociate;
  return [reply(world, { event, openid, template: wechat.fallback }, about)];
}

type PassingOn = { readonly about: About; readonly associate: Associate };

function passOn(world: World, event: FanSaid, { about, associate }: PassingOn): Effect {
  const { id, openid, kind, text, occurredAt } = event;
  return {
    type: 'message.queue',
    note: {
      cause: `${id}/associate`,
      kind: 'chat-associate',
      memberId: about.member?.id ?? null,
      associateId: associate.id,
      // The member or fan who said it: the text is erased with them.
      openid,
      payload: {
        memberName: about.member?.name ?? null,
        text,
        kind,
        // Nobody is left without an answer because their associate cannot be reached.
        otherwise: { text: shopAnswer(world, about), associateId: null, associateName: associate.name },
      },
      dueAt: occurredAt,
    },
  };
}
