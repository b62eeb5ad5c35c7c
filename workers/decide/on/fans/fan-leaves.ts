/** 取消关注, 撤回授权 and 注销微信: what came from WeChat is erased; the member and the ledgers stay. */
import type { FanRevoked, FanUnfollowed } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { eraseAuthorized, eraseFan } from '../../members/erase.ts';
import { memberOfFan } from '../../fans/fans.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const fanUnfollowed: On<FanUnfollowed> = {
  needs: (event, ask) => ask.fan(event, event.openid),
  decide: onFanUnfollowed,
  isLeaving: true,
};

function onFanUnfollowed(world: World, { openid, occurredAt }: FanUnfollowed): Decision {
  const fan = world.fans.get(openid);
  if (fan && fan.followedAt > occurredAt) return ignore({ code: 'FOLLOWS_AGAIN' });
  return accept(eraseFan(world, openid, memberOfFan(world, openid)));
}

export const fanRevoked: On<FanRevoked> = {
  needs: (event, ask) => ask.fan(event, event.openid),
  decide: onFanRevoked,
  isLeaving: true,
};

function onFanRevoked(world: World, { openid, isAccountGone }: FanRevoked): Decision {
  const erase = isAccountGone ? eraseFan : eraseAuthorized;
  return accept(erase(world, openid, memberOfFan(world, openid)));
}
