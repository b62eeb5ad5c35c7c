/** 订阅授权: how many notices of a template a fan has agreed to; one consent is one notice. */
import type { FanPermitted } from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import type { On } from '../define.ts';
import type { PermissionChange } from '../../notes/index.ts';
import type { World } from '../../world.ts';

export const fanPermitted: On<FanPermitted> = {
  needs() {},
  decide: onFanPermitted,
};

const change = (note: PermissionChange): Effect => ({ type: 'permission.change', note });

function onFanPermitted(_: World, { openid, answers, isFinal, occurredAt }: FanPermitted): Decision {
  return accept(
    answers.flatMap(({ templateId, isAccepted }): Effect[] => {
      if (isAccepted) return [change({ openid, templateId, by: 1, refusedAt: null })];
      // Declined only this time: earlier consents remain.
      return isFinal ? [change({ openid, templateId, by: 'none', refusedAt: occurredAt })] : [];
    }),
  );
}
