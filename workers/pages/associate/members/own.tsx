/** 我的会员: an associate sees whoever is hers, and nobody else; somebody else's is not there. */
import type { MemberId } from '../../../../schema/index.ts';
import { readMember, type MemberHoldings } from '../../../db/members/members.ts';
import type { Posted } from '../../../db/shop/associates.ts';
import type { Gate, Visit } from '../../page.ts';
import { ownMemberAt, ownMembersPath } from '../../paths.ts';
import { Message } from '../../ui/message.tsx';
import { message } from '../../ui/view.ts';
import { associate } from '../gate.tsx';

export type OwnVisit = Visit & Posted & { readonly found: MemberHoldings };

/** Named by `of`, in the address of what is only looked at and in the form of what is sent. */
export const ownMember: Gate<OwnVisit> = async (visit) => {
  const seen = await associate(visit);
  if ('refused' in seen) return seen;
  const { deps, context } = visit;
  const found = await readMember(deps.engine.db, (context.req.query('of') ?? '') as MemberId);
  const isHers =
    found !== null && found.member.deletedAt === null && found.member.associateId === seen.visit.associate.id;
  return isHers ? { visit: { ...seen.visit, found } } : { refused: notHers };
};

const notHers = message(
  <Message title="没有这位会员" action={{ href: ownMembersPath, label: '看我的会员' }}>
    可能已经换了导购，或者注销了。
  </Message>,
  404,
);

/** Where a login or a stale form returns to. */
export const hereOf = (asked: URLSearchParams, pathname: string): string => {
  const of = asked.get('of');
  return of === null ? pathname : ownMemberAt(pathname, of);
};
