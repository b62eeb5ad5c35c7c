/** 替会员兑换、撤销兑换: at the counter for whoever stands there, and by the office for what was exchanged by mistake. */
import * as z from 'zod';
import { EventId, ExchangeId, ExchangeItemId, StoreId, type MemberId } from '../../../../schema/index.ts';
import { reasonMax } from '../../../commands/coupons/revoke.ts';
import { exchangePoints, undoExchange, type Exchanged } from '../../../commands/points/exchange.ts';
import { itemsFor } from '../../../db/points/exchange-items.ts';
import { exchangesOf } from '../../../db/points/exchanges.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { undoMs } from '../../../decide/money/exchanges.ts';
import type { Problem } from '../../../platform/problem.ts';
import { count, moment } from '../kit/format.ts';
import { counter, office } from '../kit/nav.ts';
import { maySeeStore } from '../kit/visit.ts';
import { memberAct, notDecided, problemOf, type Carried } from '../members/act-form.tsx';
import { pointsWords } from '../members/acts.tsx';
import { exchangeUndoWords, exchangeWords } from '../words/forms/promotions/coupon.ts';

export const ExchangeInput = z.strictObject({
  itemId: ExchangeItemId,
  storeId: StoreId.nullable().default(null),
});

const exchanging = memberAct({
  part: 'exchange',
  title: '积分兑换',
  who: counter,
  act: 'points.exchange',
  schema: ExchangeInput,
  words: exchangeWords,
  lead: (found, now) => `现在有 ${pointsWords(found, now)}。换到的券马上在会员名下。`,
  value: () => ({}),
  said: 'exchanged',
  choices: async ({ db, id, person }) => {
    const [offered, stores] = await Promise.all([itemsFor(db, id as MemberId), listStores(db)]);
    return {
      itemId: offered.map(({ item: { id: value, definition } }) => ({
        value,
        label: `${definition.name}（${count(definition.points)} 积分）`,
      })),
      storeId: stores
        .filter((store) => maySeeStore(person, store.id))
        .map(({ id: value, name }) => ({ value, label: name })),
    };
  },
  carry: async ({ deps, now, person }, { member }, { input, key }) => {
    const { itemId, storeId } = input;
    if (storeId !== null && !maySeeStore(person, storeId))
      return { problem: problemOf({ code: 'NO_MEMBER' }) };
    const id = EventId.parse(`office_${key}`);
    const asked = { id, memberId: member.id, itemId, points: null, storeId, by: person.name };
    return carried(await exchangePoints(deps.engine, asked, now), 'itemId');
  },
});

export const ExchangeUndoInput = z.strictObject({
  exchangeId: ExchangeId,
  reason: z.string().trim().min(2).max(reasonMax),
});

const shownMax = 100;

const undoing = memberAct({
  part: 'exchange-undo',
  title: '撤销兑换',
  who: office,
  act: 'points.exchange-undo',
  schema: ExchangeUndoInput,
  words: exchangeUndoWords,
  lead: () => '积分退回原来的地方，到期日不变；换到的券收回。券用掉了就不能撤销。',
  value: () => ({}),
  choices: async ({ db, id, now }) => {
    const done = await exchangesOf(db, id as MemberId, { since: now - undoMs, limit: shownMax });
    return {
      exchangeId: done
        .filter(({ exchange }) => exchange.undoneAt === null)
        .map(({ exchange, item }) => ({
          value: exchange.id,
          label: `${item?.definition.name ?? '兑换品'}，${moment(exchange.at, now)}，${count(exchange.points)} 积分`,
        })),
    };
  },
  carry: async ({ db, deps, now, person }, { member }, { input, key }) => {
    const own = await exchangesOf(db, member.id, { since: now - 2 * undoMs, limit: shownMax });
    if (!own.some(({ exchange }) => exchange.id === input.exchangeId))
      return { problem: missProblem('UNKNOWN_EXCHANGE', {}, 'exchangeId') };
    const asked = { ...input, id: EventId.parse(`office_${key}`), by: person.name };
    return carried(await undoExchange(deps.engine, asked, now), 'exchangeId');
  },
});

function carried(done: Exchanged, field: string): Carried {
  if ('undecided' in done) return { problem: notDecided };
  if ('isNobody' in done) return { problem: problemOf({ code: 'NO_MEMBER' }) };
  if ('miss' in done) {
    const { miss } = done;
    if ('reason' in miss && miss.reason === 'NO_COUPON') {
      const { limit, ...numbers } = miss.bar;
      return { problem: { status: 409, code: `coupon_${limit}`, detail: limit, field, numbers } };
    }
    return { problem: missProblem('code' in miss ? miss.code : miss.reason, miss, field) };
  }
  const { exchange, item } = done.done;
  const { id, points, couponId, undoneAt } = exchange;
  return { before: null, after: { id, name: item?.definition.name, points, couponId, undoneAt } };
}

function missProblem(reason: string, numbers: object, field: string): Problem {
  const facts = Object.entries(numbers).filter((one): one is [string, number] => typeof one[1] === 'number');
  const code = `EXCHANGE_${reason}`;
  return { status: 409, code, detail: code, field, numbers: Object.fromEntries(facts) };
}

export const exchangeScreens = [exchanging, undoing];
