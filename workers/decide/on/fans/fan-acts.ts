/** 粉丝动作: follows, scans, says and clicks; each opens a window and gets at most one answer. */
import type {
  Associate,
  Contact,
  Fan,
  FanClicked,
  FanFollowed,
  FanSaid,
  FanScanned,
  Member,
} from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { associateOf, fanOf, keywordRule, memberOfFan, openWindow, reply } from '../../fans/fans.ts';
import { onScene, type Scanned } from '../../fans/scenes.ts';
import type { Ask } from '../../needs.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const fanFollowed: On<FanFollowed> = {
  needs: askForScan,
  decide: onFanFollowed,
};

function onFanFollowed(world: World, event: FanFollowed): Decision {
  const { openid, scene, occurredAt } = event;
  const { wechat } = world.config.settings;
  const scanned = scan(world, event, scene);
  const { member, fan } = scanned;
  const greeting = associateOf(world, member, fan) ? wechat.welcomeByAssociate : wechat.welcome;
  const template = sceneAnswer(world, scanned) ?? (member ? wechat.welcomeBack : greeting);
  return accept([
    ...scanned.effects,
    { type: 'fan.put', row: { ...fan, followedAt: occurredAt } },
    openWindow(openid, 'followed', occurredAt),
    reply(world, { event, openid, template }, scanned),
  ]);
}

export const fanScanned: On<FanScanned> = {
  needs: askForScan,
  decide: onFanScanned,
};

function onFanScanned(world: World, event: FanScanned): Decision {
  const { openid, scene, occurredAt } = event;
  const scanned = scan(world, event, scene);
  const answer = sceneAnswer(world, scanned);
  return accept([
    ...scanned.effects,
    { type: 'fan.put', row: scanned.fan },
    openWindow(openid, 'scanned', occurredAt),
    ...(answer === null ? [] : [reply(world, { event, openid, template: answer }, scanned)]),
  ]);
}

function askForScan(event: FanFollowed | FanScanned, ask: Ask): void {
  ask.fan(event, event.openid);
  if (event.scene !== null) ask.scene(event.scene);
}

function scan(world: World, event: FanFollowed | FanScanned, scene: string | null): Scanned {
  const member = memberOfFan(world, event.openid);
  const fan = fanOf(world, event.openid, event.occurredAt);
  return scene === null
    ? { effects: [], fan, member, came: 'nothing' }
    : onScene(world, event, scene, { fan, member });
}

const claimAnswers = {
  claimed: '领取成功，券已放进您的券包。',
  'claimed-before': '这张券您已经领过了，在券包里可以找到。',
  gone: '这个码已经失效了，请向店员要一张新的。',
  'sold-out': '这张券已经领完，或者活动结束了，下次早点来。',
  'joined-staff': '绑定成功，会员的消息会发到这里。',
} as const;

function sceneAnswer(world: World, { came, member, fan }: Scanned): string | null {
  const { wechat } = world.config.settings;
  switch (came) {
    case 'nothing':
      return member === null && fan.claimScene !== null ? wechat.welcome : null;
    case 'bound':
      return member ? wechat.bound : wechat.welcomeByAssociate;
    case 'already-bound':
      return wechat.alreadyBound;
    case 'claimed':
    case 'claimed-before':
    case 'gone':
    case 'sold-out':
    case 'joined-staff':
      return claimAnswers[came];
    default:
      return came satisfies never;
  }
}

export const fanSaid: On<FanSaid> = {
  needs: (event, ask) => ask.fan(event, event.openid),
  decide: onFanSaid,
};

/** A keyword is answered at once; anything else goes to the associate, where there is one. */
function onFanSaid(world: World, event: FanSaid): Decision {
  const { openid, kind, text, occurredAt } = event;
  const { wechat } = world.config.settings;
  // When an associate writes to the account, it only opens the window in which the account may write to them.
  if (isStaff(world, openid)) return accept([openWindow(openid, 'said', occurredAt)]);
  const member = memberOfFan(world, openid);
  const fan = fanOf(world, openid, occurredAt);
  const associate = associateOf(world, member, fan);
  const contact: Omit<Contact, 'seq'> = {
    thread: openid,
    memberId: member?.id ?? null,
    associateId: associate?.id ?? null,
    direction: 'in',
    channel: 'wechat',
    kind,
    text,
    cause: event.id,
    at: occurredAt,
    readAt: null,
  };
  const effects: Effect[] = [openWindow(openid, 'said', occurredAt), { type: 'contact.add', note: contact }];
  if (!world.fans.has(openid)) effects.push({ type: 'fan.put', row: fan });
  const rule = text === null ? null : keywordRule(wechat, text);
  const answer = rule?.reply ?? (associate ? null : wechat.fallback);
  if (answer !== null) effects.push(reply(world, { event, openid, template: answer }, { member, fan }));
  else if (associate) effects.push(passOn(event, member, associate));
  return accept(effects);
}

const isStaff = (world: World, openid: string): boolean =>
  [...world.associates.values()].some((associate) => associate.openid === openid);

function passOn(
  { id, openid, kind, text, occurredAt }: FanSaid,
  member: Member | null,
  { id: associateId }: Associate,
): Effect {
  return {
    type: 'message.queue',
    note: {
      cause: `${id}/associate`,
      kind: 'chat-associate',
      memberId: member?.id ?? null,
      associateId,
      // The member or fan who said it: the text is erased with them.
      openid,
      payload: { memberName: member?.name ?? null, text, kind },
      dueAt: occurredAt,
    },
  };
}

export const fanClicked: On<FanClicked> = {
  needs: (event, ask) => ask.fan(event, event.openid),
  decide: onFanClicked,
};

function onFanClicked(world: World, event: FanClicked): Decision {
  const { openid, key, occurredAt } = event;
  const member = memberOfFan(world, openid);
  const fan: Fan = fanOf(world, openid, occurredAt);
  const { clicks } = world.config.settings.wechat;
  const answer = Object.hasOwn(clicks, key) ? clicks[key] : undefined;
  const effects: Effect[] = [openWindow(openid, 'clicked', occurredAt)];
  if (!world.fans.has(openid)) effects.push({ type: 'fan.put', row: fan });
  if (answer !== undefined) effects.push(reply(world, { event, openid, template: answer }, { member, fan }));
  return accept(effects);
}
