/** 饿了么: takeaway orders, cancellations and refunds; `message` is JSON inside JSON, and ids have more digits than a float. */
import type { TreeObject } from '../../lossless/json.ts';
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { lineFen, notActedOn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const eleme = vendor<CommonSettings>({
  name: 'eleme',
  label: '饿了么',
  settings: CommonSettings,
  signing: signedAs('eleme'),
  open: (text, { fields }) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    // Only the signed fields are stored, with `message` decoded.
    return letters.map(({ tree }): Letter => {
      const own: TreeObject = fields ? Object.fromEntries(fields) : isObject(tree) ? tree : {};
      return { tree: { ...own, message: openText(own['message'] ?? null) } };
    });
  },
  read,
  success: { body: '{"message":"ok"}', contentType: 'application/json' },
  failure: ({ detail }) => ({ body: JSON.stringify({ message: detail }), contentType: 'application/json' }),
});

/** 10 订单生效; 14, 15 and 17 取消、无效、强制无效; 23 and 33 商户同意取消单、退单, 25 and 35 客服仲裁有效; 22, 26, 32 and 36 are refused. */
function read(push: Reader): VendorDocument {
  const kind = push.text('type') ?? 'unknown';
  const orderNo = push.id('message.orderId|message.id');
  switch (kind) {
    case '10':
      return { type: 'sale.completed', id: orderNo, understand: () => sale(push) };
    case '14':
    case '15':
    case '17': {
      const understand = (): Understood => ({
        occurredAt: push.instant('message.updateTime', 's'),
        data: { orderNo },
      });
      return { type: 'sale.voided', id: orderNo, understand };
    }
    case '23':
    case '25':
    case '33':
    case '35': {
      const refundNo = `${orderNo ?? ''}-${push.id('message.refundId|message.updateTime') ?? ''}`;
      return { type: 'refund.completed', id: refundNo, understand: () => refund(push, refundNo) };
    }
    default:
      return {
        type: `type_${kind}`,
        id: orderNo,
        version: push.id('timestamp'),
        understand: notActedOn(kind),
      };
  }
}

/** The phone numbers are temporary relay numbers, so no member is made of them. */
function sale(push: Reader): Understood {
  const order = push.at('message');
  const items = order.each('groups').flatMap((group) => group.each('items'));
  return {
    occurredAt: order.instant('activeAt|createdAt'),
    data: {
      orderNo: order.id('orderId|id'),
      store: { id: push.id('shopId'), name: order.text('shopName') },
      channel: 'takeaway',
      // 红包 and 满减 stand among the goods, below zero.
      lines: soldOf(
        items.map((item) => {
          const unitPriceFen = item.fenOfYuan('price');
          return {
            kind: unitPriceFen === 0 ? 'gift' : 'normal',
            sku: item.id('extendCode|barCode|skuId|id|name'),
            name: item.text('name'),
            quantity: item.quantity('quantity'),
            unitPriceFen,
            amountFen: item.fenOfYuan('total') ?? lineFen(unitPriceFen, item.milli('quantity')),
          };
        }),
      ),
      amounts: { shippingFen: order.fenOfYuan('deliverFee'), paidFen: order.fenOfYuan('totalPrice') },
    },
  };
}

function refund(push: Reader, refundNo: string): Understood {
  const message = push.at('message');
  const isWhole = message.text('refundType')?.toLowerCase() === 'normal';
  return {
    occurredAt: message.instant('updateTime', 's') ?? push.instant('timestamp', 'ms'),
    data: {
      refundNo,
      orderNo: message.id('orderId'),
      scope: isWhole ? 'full' : 'partial',
      // Goods are listed by name only, so only the amount says how much came back.
      lines: [],
      amounts: { refundedFen: message.fenOfYuan('totalPrice', { sign: 'abs' }) },
    },
  };
}
