/** 客如云: settled orders with amounts in fen as text; a business day may end after midnight. */
import type { Reader } from '../lossless/reader.ts';
import { knownMember, notActedOn, payments, storeOf } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { returnedOf, soldOf } from './kernel/signs.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const keruyun = vendor<CommonSettings>({
  name: 'keruyun',
  label: '客如云',
  settings: CommonSettings,
  signing: signedAs('keruyun'),
  open: openJson,
  read,
  success: { body: '{"code":0,"message":"success"}', contentType: 'application/json' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ code: 1, message: detail }),
    contentType: 'application/json',
  }),
});

/** Some deliveries wrap the order once more. */
function read(push: Reader, settings: CommonSettings): VendorDocument {
  const order = push.has('orderBaseVO') ? push : push.at('data|result|order');
  const id = order.id('orderBaseVO.orderId');
  const version = order.id('orderBaseVO.modifyTime|orderBaseVO.version');
  if (id === null) {
    const type = push.text('event|type|eventType') ?? 'unknown';
    return { type, id: push.id('id|eventId'), understand: notActedOn(type) };
  }
  const isBelowZero = /^-(?=.*[1-9])/.test(order.text('orderBaseVO.orderReceivedAmt') ?? '');
  return isBelowZero || order.memberId('orderBaseVO.relatedOrderId') !== null
    ? { type: 'refund.completed', id, version, understand: () => refund(order, version) }
    : { type: 'sale.completed', id, version, understand: () => sale(order, settings, version) };
}

function sale(order: Reader, settings: CommonSettings, version: string | null): Understood {
  const base = order.at('orderBaseVO');
  return {
    occurredAt: base.instant('settleTime|openTime'),
    data: {
      orderNo: base.id('orderId'),
      version,
      businessDate: base.date('finishBusiDate'),
      store: storeOf(base.id('shopId|shopIdenty'), base.text('shopName'), settings),
      member: knownMember({ externalId: base.memberId('memberId'), phone: base.phone('memberPhone') }),
      lines: soldOf(
        order.each('orderItemVoList').map((item) => ({
          lineNo: item.id('id|orderItemId'),
          kind: item.bool('giftFlag') === true ? 'gift' : 'normal',
          sku: item.id('itemCode|itemId|itemName'),
          name: item.text('itemName'),
          categoryIds: item.has('bigTypeName') ? [item.text('bigTypeName', 100)] : [],
          // Weighed goods have a decimal quantity.
          quantity: item.quantity('quantity'),
          unitPriceFen: item.fen('salePrice'),
          amountFen: item.fen('itemReceivedAmt'),
        })),
      ),
      amounts: { paidFen: base.fen('orderReceivedAmt') },
      payments: payments(
        order
          .each('openPaymentDetailVoList')
          .map((part) => ({ word: part.text('payMethodId'), amountFen: part.fen('payAmt') })),
        settings,
        { cash: ['-3'], wechat: ['-5'], alipay: ['-6'] },
      ),
    },
  };
}

function refund(order: Reader, version: string | null): Understood {
  const base = order.at('orderBaseVO');
  const orderNo = base.memberId('relatedOrderId');
  return {
    occurredAt: base.instant('settleTime|openTime'),
    data: {
      refundNo: base.id('orderId'),
      version,
      businessDate: base.date('finishBusiDate'),
      orderNo,
      scope: orderNo === null ? 'no_original' : 'partial',
      member: knownMember({ externalId: base.memberId('memberId') }),
      lines: returnedOf(
        order.each('orderItemVoList').map((item) => ({
          sku: item.id('itemCode|itemId'),
          name: item.text('itemName'),
          quantity: item.quantity('quantity'),
          amountFen: item.fen('itemReceivedAmt'),
        })),
      ),
      amounts: { refundedFen: base.fen('orderReceivedAmt', { sign: 'abs' }) },
    },
  };
}
