/** 核销 on the associate's phone: in the store where they work. */
import { insertAudit } from '../../db/people/audit.ts';
import type { Posted } from '../../db/shop/associates.ts';
import type { Clerk } from '../counter/clerk.ts';
import { openDesk, sentToDesk } from '../counter/flow.tsx';
import { page, type Visit } from '../page.ts';
import { associateHome, associateRedeemPath } from '../paths.ts';
import { tokenOf } from '../posted.tsx';
import { Message } from '../ui/message.tsx';
import { message } from '../ui/view.ts';
import { associate } from './gate.tsx';

async function clerkOf(visit: Visit & Posted): Promise<Clerk> {
  const { deps, context, session, now, associate: own, store } = visit;
  const noted = async (act: string, subject: string, after: object): Promise<void> => {
    const row = { at: now, personId: null, by: own.name, act, subject, before: null, after };
    await deps.engine.db.batch([insertAudit(row)]);
  };
  return {
    deps,
    context,
    now,
    key: `associate:${own.id}`,
    name: own.name,
    path: associateRedeemPath,
    token: await tokenOf(deps, session),
    stores: store ? [store] : [],
    sees: store ? [store.id] : [],
    exchangeAt: null,
    sellAt: null,
    looks: { first: 'button', other: 'send' },
    spendPath: null,
    superPath: null,
    recordPoints: null,
    recordPrize: ({ memberId, ...after }) => noted('prize.collect', memberId, after),
    record: (act, { couponId, ...after }) => noted(act, couponId, after),
    recordPackage: (act, { held, ...after }) => noted(act, held.memberId, { ...after, name: held.name }),
  };
}

export const associateRedeemPage = page({
  path: associateRedeemPath,
  title: '核销',
  who: associate,
  get: async (visit) => (visit.store ? openDesk(await clerkOf(visit)) : nowhere),
  post: async (visit, form) => (visit.store ? sentToDesk(await clerkOf(visit), form) : nowhere),
});

const nowhere = message(
  <Message title="您还没有分到门店" action={{ href: associateHome, label: '返回' }}>
    券按门店核销。请店长在后台的“导购”里填上您的门店，再来核销。
  </Message>,
  403,
);
