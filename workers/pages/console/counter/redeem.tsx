/** 核销: the console's face of the counter, for whoever stands in a shop. */
import { listStores } from '../../../db/shop/stores.ts';
import type { Clerk } from '../../counter/clerk.ts';
import { openDesk, sentToDesk } from '../../counter/flow.tsx';
import { counter } from '../kit/nav.ts';
import { membersPath } from '../members/list.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { storesOf, type Visit } from '../kit/visit.ts';

export const redeemPath = '/console/redeem';

async function clerkOf(visit: Visit): Promise<Clerk> {
  const { deps, context, now, person, token, db } = visit;
  const own = storesOf(person);
  const stores = (await listStores(db)).filter(({ id }) => own === null || own.includes(id));
  return {
    deps,
    context,
    now,
    key: `person:${person.id}`,
    name: person.name,
    path: redeemPath,
    token,
    stores,
    sees: own,
    exchangeAt: (memberId) => `${membersPath}/${memberId}/exchange`,
    sellAt: (memberId) => `${membersPath}/${memberId}/packages`,
    looks: { first: 'first', other: '' },
    spendPath: (id) => `${membersPath}/${id}/spend`,
    superPath: (id) => `${membersPath}/${id}/super`,
    recordPoints: (act, { id, memberId, storeId, points, offFen }) =>
      record(visit, { act, subject: memberId, before: null, after: { id, storeId, points, offFen } }),
    recordPrize: ({ memberId, ...after }) =>
      record(visit, { act: 'prize.collect', subject: memberId, before: null, after }),
    recordPackage: (act, { held, ...after }) =>
      record(visit, { act, subject: held.memberId, before: null, after: { ...after, name: held.name } }),
    record: (act, { couponId, ...after }) => record(visit, { act, subject: couponId, before: null, after }),
  };
}

export const redeemScreen = screen({
  path: redeemPath,
  title: '核销',
  who: counter,
  get: async (visit) => ({ lead, ...(await openDesk(await clerkOf(visit))) }),
  post: async (visit, form) => {
    const answered = await sentToDesk(await clerkOf(visit), form);
    return answered instanceof Response ? answered : { lead, ...answered };
  },
});

const lead =
  '收银机没有对接，或者一时连不上的时候，在这里核销。先看抵多少，再核销；按错了半小时内可以撤销。抽奖的领奖码也输在这里。';
