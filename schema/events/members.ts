/** 会员的事件: what a till and the office tell of members, and what the office does to them. */
import type { EventBase } from './base.ts';
import type { MemberProfile, MemberRef } from '../canonical/members.ts';
import type { AssociateId, MemberId } from '../plain/ids.ts';
import type { FileWritten } from '../members/files.ts';
import type { Child } from '../members/members.ts';
import type { ChildUse, UsedGoods } from '../members/use-stages.ts';
import type { MovedIn } from '../members/openings.ts';
import type { Tagging } from '../members/tags.ts';

export type MemberTold = EventBase & {
  readonly type: 'member.created' | 'member.updated';
  readonly data: MemberProfile;
  /** 建档 by hand, and whose word it is; absent where a system told it. */
  readonly by?: 'office' | 'till';
  /** 搬来: of a file alone. */
  readonly movedIn?: MovedIn;
  /** As entered by hand; absent leaves what is known. */
  readonly children?: readonly Child[];
  readonly associateId?: AssociateId | null;
};
export type MemberMerged = EventBase & {
  readonly type: 'member.merged';
  readonly from: MemberRef;
  readonly into: MemberRef;
};
/** 合并 by the office: two members whom somebody has looked at. */
export type MemberUnited = EventBase & {
  readonly type: 'member.united';
  readonly fromId: MemberId;
  readonly intoId: MemberId;
};
/** 拆开: a merger undone. */
export type MemberSplit = EventBase & {
  readonly type: 'member.split';
  readonly fromId: MemberId;
  readonly intoId: MemberId;
  /** The survivor's version when it was looked at whether the two can be told apart. */
  readonly seenVersion: number;
};
export type MemberDeleted = EventBase & { readonly type: 'member.deleted'; readonly data: MemberRef };
/** 换绑 by the office: what is left out stays, null takes it away. */
export type MemberRebound = EventBase & {
  readonly type: 'member.rebound';
  readonly memberId: MemberId;
  readonly openid?: string | null;
  readonly phone?: string | null;
  readonly associateId?: AssociateId | null;
  /** 手工定级: stands until its last day (null: has none), or until a higher one is earned. */
  readonly level?: { readonly name: string | null; readonly lastOn: string | null };
  readonly reason: string;
  /** Who did it. */
  readonly by: string;
  /** Of the new phone and openid, as with registering. */
  readonly digests: readonly string[];
};
/** Made by us: the office corrects what is known of a member; what is left out stays. */
export type MemberEdited = EventBase & {
  readonly type: 'member.edited';
  readonly memberId: MemberId;
  readonly name?: string | null;
  readonly birthdayOn?: string | null;
  readonly children?: readonly Child[];
  /** 在用, of every child born that day; null is again as the table says. */
  readonly uses?: readonly ChildUseTold[];
  /** 档案; what is left out stays. */
  readonly file?: FileWritten;
};
export type ChildUseTold = {
  readonly born: string;
  readonly goods: UsedGoods;
  readonly use: ChildUse | null;
};
/** Made by us: somebody puts tags on a member, or takes them off. */
export type MemberTagged = EventBase & {
  readonly type: 'member.tagged';
  readonly memberId: MemberId;
} & Tagging;
/** Made by us: a rule has changed, and what a member bought is looked at anew. */
export type MemberRecounted = EventBase & {
  readonly type: 'member.recounted';
  readonly memberId: MemberId;
};
