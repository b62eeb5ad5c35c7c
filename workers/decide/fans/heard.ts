/** 转给导购的话: what a member said, once it reached the associate whose they are. */
import type { AssociateId, MemberId } from '../../../schema/index.ts';

export type PassedOn = {
  readonly associateId: AssociateId;
  readonly openid: string;
  readonly memberId: MemberId | null;
  readonly name: string | null;
  readonly at: number;
  /** Whether WeChat still lets the account write to them. */
  readonly isOpen: boolean;
};

/** 半小时: after it, nobody can be sure any more whom her words were for. */
export const answerWithinMs = 30 * 60_000;
