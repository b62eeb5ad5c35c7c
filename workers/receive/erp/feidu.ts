/** 飞度 / 喵麦云: retail sales, refunds and recharges as its tills upload them (fzfeidu.com.cn apidoc_v2, member push). */
import * as z from 'zod';
import type { Reader } from '../lossless/reader.ts';
import { timesMilli, decimalText } from '../mapping/values/decimal.ts';
import { firstFen, knownMember, notActedOn, payments, storeOf } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { returnedOf, soldOf } from './kernel/signs.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

const Settings = CommonSettings.extend({
  /** `sign` and `sign_v2` are not described anywhere: until one live request shows how, the token in the URL is the secret. */
  signedBy: z.string().min(1).max(60).default('url-token'),
});
type Settings = z.infer<typeof Settings>;

export const feidu = vendor<Settings>({
  name: 'feidu',
  label: '飞度 / 喵麦云',
  settings: Settings,
  schemes: null,
  issuesSecret: false,
  signing: (settings) => signedAs(settings.signedBy)(settings),
  open: openJson,
  read,
  success: { body: 'success', contentType: 'text/plain; charset=utf-8' },
  failure: ({ detail }) => ({ body: detail, contentType: 'text/plain; charset=utf-8' }),
});

/** The vendor sends no type: a return has its own number, a recharge has money and no goods. */
function read(push: Reader, settings: Settings): VendorDocument {
  const returnNo = push.id('ro_code');
  if (returnNo !== null)
    return { type: 'refund.completed', id: returnNo, understand: () => refund(push, settings) };
  const id = push.id('order_code');
  const hasGoods = push.each('goods').length > 0;
  if (!hasGoods && (push.has('order_money') || push.has('ctype'))) {
    return { type: 'stored_value.recharged', id, understand: () => recharge(push, settings) };
  }
  if (!hasGoods && id === null) return { type: 'unknown', id, understand: notActedOn(null) };
  return { type: 'sale.completed', id, understand: () => sale(push, settings) };
}

const memberIn = (push: Reader) =>
  knownMember({
    externalId: push.memberId('member_id'),
    cardNo: push.memberId('card_code'),
    phone: push.phone('mobile'),
    name: push.text('name'),
  });

const instantIn = (push: Reader): string | null => push.instant('addtime', 's') ?? push.instant('addtimes');

function lines(push: Reader, amount: string) {
  return push.each('goods').map((line) => {
    // A box of six that was sold twice is twelve bottles.
    const factor = line.milli('conversion') || 1000;
    const milli = line.milli('xnum|num');
    const isPacked = factor !== 1000;
    return {
      originalLineNo: line.id('rog_id'),
      kind: line.bool('is_gift') === true ? 'gift' : 'normal',
      sku: line.id('barcode|only_coding|goods_spec_code|goods_title'),
      name: line.text('goods_title'),
      quantity: milli === null ? null : decimalText(timesMilli(milli, factor), 3),
      unitPriceFen: isPacked ? null : line.fenOfYuan('price', { rounding: 'half_up' }),
      amountFen: line.fenOfYuan(amount),
    };
  });
}

function sale(push: Reader, settings: Settings): Understood {
  return {
    occurredAt: instantIn(push),
    data: {
      orderNo: push.id('order_code'),
      store: storeOf(push.id('stores_id|wh_code'), push.text('stores_name'), settings),
      terminal: push.text('pos_code'),
      cashier: push.has('cashier_id') ? { id: push.id('cashier_id'), name: push.text('cashier_name') } : null,
      member: memberIn(push),
      lines: soldOf(lines(push, 'pay_price|total_price|amount')),
      amounts: { paidFen: push.fenOfYuan('pay_money') },
      payments: payments(
        push.each('pays').map((pay) => ({
          word: pay.text('pay_method_name|pay_method'),
          amountFen: pay.fenOfYuan('pay_money|money'),
        })),
        settings,
      ),
    },
  };
}

const scopes: Readonly<Record<string, string>> = { '1': 'full', '2': 'partial' };

function refund(push: Reader, settings: Settings): Understood {
  // An empty number means a return without its receipt.
  const orderNo = push.id('order_code');
  return {
    occurredAt: instantIn(push),
    data: {
      refundNo: push.id('ro_code'),
      orderNo,
      scope: orderNo === null ? 'no_original' : (scopes[push.text('type') ?? ''] ?? 'partial'),
      store: storeOf(push.id('stores_id|wh_code'), push.text('stores_name'), settings),
      member: memberIn(push),
      lines: returnedOf(lines(push, 'refund_price')),
      amounts: { refundedFen: push.fenOfYuan('refund_money', { sign: 'abs' }) },
    },
  };
}

/** 充值: money put on a card is not spending. */
function recharge(push: Reader, settings: Settings): Understood {
  const fen = firstFen(push, ['order_money', 'pay_money', 'money']);
  return {
    occurredAt: instantIn(push),
    data: {
      rechargeNo: push.id('order_code'),
      store: storeOf(push.id('stores_id|wh_code'), push.text('stores_name'), settings),
      member: memberIn(push),
      principalFen: fen,
      bonusFen: push.fenOfYuan('give_money|gift_money') ?? 0,
    },
  };
}
