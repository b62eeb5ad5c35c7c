/** 粉丝动作: follows, scans and clicks; each opens a window and gets at most one answer. What they say is in fan-said.ts. */
import type { Fan, FanClicked, FanFollowed, FanScanned, TriggerMet } from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { associateOf, fanOf, memberOfFan, openWindow, reply, replyOrFallback } from '../../fans/fans.ts';
import { onScene, type Scanned } from '../../fans/scenes.ts';
import type { Ask } from '../../needs.ts';
import { met } from '../../triggers/define.ts';
import { fanFollowed as followed } from '../../triggers/fan-followed.ts';
import { memberBound } from '../../triggers/member-bound.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const fanFollowed: On<FanFollowed> = {
  needs(event, ask) {
    askForScan(event, ask);
    if (event.digest !== undefined) ask.rows('joinedDigests', event.digest);
  },
  decide: onFanFollowed,
};

function onFanFollowed(world: World, event: FanFollowed): Decision {
  const { openid, scene, occurredAt, digest } = event;
  const { wechat } = world.config.settings;
  const scanned = scan(world, event, scene);
  const { member, fan } = scanned;
  const greeting = associateOf(world, member, fan) ? wechat.welcomeByAssociate : wechat.welcome;
  const template = sceneAnswer(world, scanned) ?? (member ? wechat.welcomeBack : greeting);
  return accept(
    [
      ...scanned.effects,
      { type: 'fan.put', row: { ...fan, followedAt: occurredAt } },
      openWindow(openid, 'followed', occurredAt),
      reply(world, { event, openid, template }, scanned),
    ],
    [
      ...followUpsOf(event, scanned),
      ...(member ? met(followed, event, member, digest === undefined ? {} : { digest }) : []),
    ],
  );
}

export const fanScanned: On<FanScanned> = {
  needs: askForScan,
  decide: onFanScanned,
};

function onFanScanned(world: World, event: FanScanned): Decision {
  const { openid, scene, occurredAt } = event;
  const scanned = scan(world, event, scene);
  const answer = sceneAnswer(world, scanned);
  return accept(
    [
      ...scanned.effects,
      { type: 'fan.put', row: scanned.fan },
      openWindow(openid, 'scanned', occurredAt),
      ...(answer === null ? [] : [reply(world, { event, openid, template: answer }, scanned)]),
    ],
    followUpsOf(event, scanned),
  );
}

const followUpsOf = (event: FanFollowed | FanScanned, { isBound, member }: Scanned): TriggerMet[] =>
  isBound && member ? met(memberBound, event, member) : [];

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
  if (answer !== undefined) {
    effects.push(...replyOrFallback(world, { event, openid, template: answer }, { member, fan }));
  }
  return accept(effects);
}
