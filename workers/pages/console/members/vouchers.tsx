/** 柜台卖预售券、退预付款: for a shop whose till does not sell them itself; sold once for each number of a receipt. */
import * as z from 'zod';
import {
  StoreId,
  TemplateId,
  vouchersMax,
  type MemberId,
  type VoucherSaleId,
} from '../../../../schema/index.ts';
import { refundVouchers, sellVouchers, type VouchersDone } from '../../../commands/coupons/vouchers.ts';
import { vouchersOf, type SoldVouchers } from '../../../db/coupons/voucher-sales.ts';
import { endOfTime } from '../../../db/paging.ts';
import { listTemplates } from '../../../db/shop/coupon-templates.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { couponKindOf } from '../../../decide/coupons/kinds/index.ts';
import { standingOf } from '../../../decide/coupons/life.ts';
import type { Choices } from '../form/words.ts';
import { money, moment } from '../kit/format.ts';
import { counter } from '../kit/nav.ts';
import { maySeeStore, type Visit } from '../kit/visit.ts';
import { couponStateNames } from '../words/promotions/happenings.ts';
import { voucherRefundWords, voucherWords } from '../words/forms/member.ts';
import { memberAct, notDecided, problemOf, type Carried } from './act-form.tsx';

/** Of templates and of one member's purchases: more are not shown. */
const shownMax = 200;

export const VoucherSaleInput = z.strictObject({
  templateId: TemplateId,
  count: z.int().min(1).max(vouchersMax).default(1),
  storeId: StoreId,
  saleNo: z.string().trim().min(1).max(60).nullable().default(null),
});

/** No source's: their namespaces have letters. */
const counterNumber = (number: string): VoucherSaleId => `:${number}` as VoucherSaleId;

const selling = memberAct({
  part: 'vouchers',
  title: '卖预售券',
  who: counter,
  act: 'voucher.sell',
  schema: VoucherSaleInput,
  words: voucherWords,
  lead: () => '先收钱，再卖券。这里只列出现在正在卖的预售券；收银系统自己会报来的，不要在这里再卖一次。',
  value: () => ({ count: 1 }),
  choices: sellingChoices,
  carry: async (visit, { member }, { input, key }) => {
    if (!maySeeStore(visit.person, input.storeId)) return { problem: problemOf({ code: 'NO_MEMBER' }) };
    const { templateId, count, storeId } = input;
    const saleNo = input.saleNo ?? key;
    const done = await sellVouchers(
      visit.deps.engine,
      {
        voucherSaleId: counterNumber(saleNo),
        namespace: '',
        memberId: member.id,
        data: { saleNo, store: { id: storeId }, templateId, count },
      },
      visit.now,
    );
    return carried(done, null, ({ sold }) => ({ ...input, saleNo, paidFen: sold.paidFen }));
  },
});

async function sellingChoices({ db, now, person }: Visit): Promise<Choices> {
  const [templates, stores] = await Promise.all([
    listTemplates(db, { at: endOfTime, id: '' }, shownMax),
    listStores(db),
  ]);
  return {
    templateId: templates.flatMap(({ id, definition }) => {
      const offer = couponKindOf(definition).offer(definition);
      if (!offer || now < offer.from || now >= offer.to) return [];
      return [{ value: id, label: `${definition.name}（${money(offer.priceFen)} 元）` }];
    }),
    storeId: stores
      .filter(({ id }) => maySeeStore(person, id))
      .map(({ id, name }) => ({ value: id, label: name })),
  };
}

export const VoucherRefundInput = z.strictObject({ voucherSaleId: z.string().min(1) });

const refunding = memberAct({
  part: 'voucher-refund',
  title: '退预售券',
  who: counter,
  act: 'voucher.refund',
  schema: VoucherRefundInput,
  words: voucherRefundWords,
  lead: () => '没用过的，过期以前全额退；过期以后能不能退，看券上的规定。用掉的不退。',
  value: () => ({}),
  choices: async ({ db, id, now }) => {
    const bought = await vouchersOf(db, id as MemberId, shownMax);
    return {
      voucherSaleId: bought
        .filter(({ sold }) => sold.refundedIds.length < sold.couponIds.length)
        .map((one) => ({ value: one.sold.id, label: boughtWords(one, now) })),
    };
  },
  carry: async ({ db, deps, now }, { member }, { input }) => {
    const bought = await vouchersOf(db, member.id, shownMax);
    const chosen = bought.find(({ sold }) => sold.id === input.voucherSaleId);
    if (!chosen) return { problem: { ...problemOf({ code: 'NO_MEMBER' }), code: 'VOUCHER_UNKNOWN_SALE' } };
    const { id } = chosen.sold;
    const saleNo = id.slice(id.indexOf(':') + 1);
    const done = await refundVouchers(
      deps.engine,
      { voucherSaleId: id, namespace: '', data: { saleNo } },
      now,
    );
    return carried(done, { refundedIds: chosen.sold.refundedIds }, ({ sold }) => ({
      voucherSaleId: id,
      refundedIds: sold.refundedIds,
    }));
  },
});

function boughtWords({ sold, coupons, template }: SoldVouchers, now: number): string {
  const states = coupons.map((coupon) =>
    standingOf(coupon, now) === 'issued' ? '没用' : couponStateNames(coupon, now).label,
  );
  const name = template?.definition.name ?? sold.templateId;
  return `${name}，${moment(sold.soldAt, now)} 买，${money(sold.paidFen)} 元（${states.join('、')}）`;
}

function carried(done: VouchersDone, before: unknown, after: (done: SoldVouchers) => unknown): Carried {
  if ('undecided' in done) return { problem: notDecided };
  if ('isNobody' in done) return { problem: problemOf({ code: 'NO_MEMBER' }) };
  if ('miss' in done) {
    const { reason, ...numbers } = done.miss;
    const facts = Object.entries(numbers).filter(
      (one): one is [string, number] => typeof one[1] === 'number',
    );
    return {
      problem: { ...notDecided, status: 409, code: `VOUCHER_${reason}`, numbers: Object.fromEntries(facts) },
    };
  }
  return { before, after: after(done.done) };
}

export const voucherScreens = [selling, refunding];
