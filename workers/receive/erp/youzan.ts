/** 有赞: trade, refund and customer pushes; `msg` is a url-encoded JSON text in some events and an object in others. */
import * as z from 'zod';
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { ignored, knownMember, lineFen, memberEvent, notActedOn, payments, storeOf } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { malformed, openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

const Settings = CommonSettings.extend({
  /** `event` covers the whole body; `body` is the older sign over `msg` alone, and does not cover the type. */
  signedBy: z.enum(['event', 'body']).default('event'),
});
type Settings = z.infer<typeof Settings>;

export const youzan = vendor<Settings>({
  name: 'youzan',
  label: '有赞',
  settings: Settings,
  schemes: ['youzan-event-sign', 'youzan-body-sign'],
  signing: (settings) =>
    signedAs(settings.signedBy === 'event' ? 'youzan-event-sign' : 'youzan-body-sign')(settings),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    const [letter] = letters;
    if (!letter || !isObject(letter.tree)) return malformed('the push is not an object');
    const { msg } = letter.tree;
    // Stored decoded, so that it can be read, masked and shown.
    return [typeof msg === 'string' ? { tree: { ...letter.tree, msg: openText(msg) } } : letter];
  },
  read,
  success: { body: '{"code":0,"msg":"success"}', contentType: 'application/json' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ code: 1, msg: detail }),
    contentType: 'application/json',
  }),
});

function read(push: Reader, settings: Settings): VendorDocument {
  const type = push.text('type') ?? 'unknown';
  const version = push.id('version');
  const isTest = push.bool('test') === true;
  const key = { id: push.id('id|msg_id'), version, isTest };
  switch (type) {
    case 'trade_TradePaid':
    case 'trade_TradeSuccess': {
      const id = push.id('msg.full_order_info.order_info.tid|id');
      return { ...key, type: 'sale.completed', id, understand: () => sale(push, settings) };
    }
    case 'youzan_trade_RefundSuccess':
    case 'trade_refund_RefundSuccess':
      return {
        ...key,
        type: 'refund.completed',
        id: push.id('msg.refund_id|id'),
        understand: () => refund(push),
      };
    case 'SCRM_CUSTOMER_EVENT': {
      const isNew = /CREATED/i.test(push.text('msg.event_type|status') ?? '');
      const id = push.memberId('msg.yz_open_id|msg.account_id|id');
      const at = push.instant('msg.updated_at|msg.created_at|msg.update_time|msg.event_time');
      return {
        ...key,
        type: isNew ? 'member.created' : 'member.updated',
        id,
        understand: memberEvent(
          at,
          { externalId: id, phone: push.phone('msg.mobile'), name: push.text('msg.name') },
          push.instant('msg.created_at'),
        ),
      };
    }
    case 'POINTS':
      // Points that we gave come back as an event; acting on it would give them again and again.
      return {
        ...key,
        type,
        understand: says('有赞的积分不会并入这里，只存档，不处理。'),
      };
    case 'trade_TradeClose':
      return {
        ...key,
        type,
        understand: says('有赞关闭交易本身不退钱；退款会另外推送，到时自动处理。'),
      };
    default:
      return { ...key, type, understand: notActedOn(type) };
  }
}

const says = (words: string) => ignored({ code: 'ADAPTER', says: words });

function sale(push: Reader, settings: Settings): Understood {
  const order = push.at('msg.full_order_info');
  const deductionFen = order.fen('pay_info.deduction_pay') ?? 0;
  const paidFen = order.fenOfYuan('pay_info.payment|pay_info.real_payment');
  return {
    occurredAt: order.instant('order_info.pay_time|order_info.created'),
    data: {
      orderNo: order.id('order_info.tid'),
      version: push.id('version'),
      // The branch, even when the head office gets the same order.
      store: storeOf(
        order.id('order_info.node_kdt_id') ?? push.id('kdt_id'),
        push.text('kdt_name'),
        settings,
      ),
      channel: order.bool('order_info.is_retail_order') === true ? 'pos' : 'mall',
      member: knownMember({
        externalId: order.memberId('buyer_info.yz_open_id|buyer_info.buyer_id'),
        phone: order.phone('buyer_info.buyer_phone'),
      }),
      lines: soldOf(
        order.each('orders').map((line) => {
          const unitPriceFen = line.fenOfYuan('price');
          return {
            lineNo: line.id('oid'),
            kind: line.bool('is_present') === true ? 'gift' : 'normal',
            sku: line.id('outer_sku_id|outer_item_id|sku_id|item_id'),
            name: line.text('title'),
            quantity: line.quantity('num'),
            unitPriceFen,
            amountFen: line.fenOfYuan('payment|total_fee') ?? lineFen(unitPriceFen, line.milli('num')),
          };
        }),
      ),
      amounts: { shippingFen: order.fenOfYuan('pay_info.post_fee'), paidFen },
      payments: payments(
        [
          { word: 'stored_value', amountFen: deductionFen },
          { word: order.text('order_info.pay_type_str'), amountFen: (paidFen ?? 0) - deductionFen },
        ],
        settings,
        {
          wechat: ['WEIXIN', 'WEIXIN_DAIXIAO', 'WX_APPPAY', 'WX_NATIVE'],
          stored_value: ['ECARD', 'PREPAIDCARD', 'GIFT_CARD'],
        },
      ),
    },
  };
}

function refund(push: Reader): Understood {
  const msg = push.at('msg');
  const refundedFen = msg.fenOfYuan('refunded_fee|refund_fee');
  // EXCHANGE_GOODS_FLOW swaps goods; the points change only by the money.
  if (refundedFen === 0)
    return { ignored: { code: 'ADAPTER', says: '有赞这次只换货，没有退钱，积分不变。' } };
  return {
    occurredAt:
      msg.instant('success_time|refund_success_time|update_time|modified') ?? push.instant('version', 's'),
    data: {
      refundNo: msg.id('refund_id'),
      version: push.id('version'),
      orderNo: msg.id('tid'),
      scope: 'partial',
      lines: msg.each('refund_order_item|items').map((line) => ({
        originalLineNo: line.id('oid'),
        sku: line.id('outer_sku_id|outer_item_id|sku_id|item_id|oid'),
        quantity: line.quantity('item_num|num'),
        amountFen: line.fenOfYuan('refund_fee|refunded_fee'),
      })),
      amounts: { refundedFen },
    },
  };
}
