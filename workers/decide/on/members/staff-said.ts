/** 导购在企业微信里回复: as in the account, her words go to the member who asked last. */
import type { StaffSaid } from '../../../../schema/index.ts';
import { accept, ignore, type Decision } from '../../effects.ts';
import { associateSaid } from '../../fans/passed-on.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const staffSaid: On<StaffSaid> = {
  needs({ wecomUserId }, ask) {
    ask.wecomUser(wecomUserId);
    ask.speaker(wecomUserId);
  },
  decide: onStaffSaid,
};

function onStaffSaid(world: World, event: StaffSaid): Decision {
  const { wecomUserId } = event;
  const associate = [...world.associates.values()].find((one) => one.wecomUserId === wecomUserId);
  // Somebody of the corporation who is no associate of ours.
  if (!associate) return ignore({ code: 'NOT_ACTED_ON', type: event.type });
  return accept(associateSaid(world, event, { associate, about: { member: null, fan: null } }));
}
