/** 美团: catering (form fields that hold JSON) and waimai (flat form fields), orders, cancellations and refunds. */
import * as z from 'zod';
import { parseForm } from '../lossless/form.ts';
import type { Tree } from '../../lossless/json.ts';
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { ignored, lineFen } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import { malformed } from './kernel/letters.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

const Settings = CommonSettings.extend({
  /** 餐饮 signs with the developer's key, 外卖 also signs the registered address. */
  manner: z.enum(['catering', 'waimai']).default('catering'),
});
type Settings = z.infer<typeof Settings>;

const heartbeatFields = new Set(['developerId', 'ePoiId', 'time', 'timestamp', 'data']);

export const meituan = vendor<Settings>({
  name: 'meituan',
  label: '美团',
  settings: Settings,
  schemes: ['meituan-sha1', 'meituan-waimai-md5'],
  signing: (settings) =>
    signedAs(settings.manner === 'catering' ? 'meituan-sha1' : 'meituan-waimai-md5')(settings),
  probe: ({ body }) => {
    // 心跳 names no order and is not signed; every other request has to be signed.
    if (body.length > 500) return false;
    const fields = parseForm(new TextDecoder().decode(body));
    return fields !== null && [...fields.keys()].every((name) => heartbeatFields.has(name));
  },
  open: (text, { fields: signed }) => {
    const fields = signed ?? parseForm(text);
    if (!fields) return malformed('the body is not a form, or a field stands twice');
    return [
      {
        tree: Object.fromEntries([...fields].map(([name, value]): [string, Tree] => [name, opened(value)])),
      },
    ];
  },
  read,
  success: { body: '{"data":"OK"}', contentType: 'application/json' },
  failure: ({ code, detail }) => ({
    body: JSON.stringify({ error: { code, message: detail } }),
    contentType: 'application/json',
  }),
});

/** Lists and objects that are sent as text, and the lists inside them. */
function opened(value: Tree, levels = 2): Tree {
  const tree = typeof value === 'string' && /^\s*[{[]/.test(value) ? openText(value, 1) : value;
  if (levels === 0 || !isObject(tree)) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, inner]): [string, Tree] => [key, opened(inner, levels - 1)]),
  );
}

function read(push: Reader): VendorDocument {
  if (push.has('orderCompleted')) return saleDocument(push, push.at('orderCompleted'));
  if (push.has('orderCancel')) {
    const order = push.at('orderCancel');
    const orderNo = order.id('orderId');
    const occurredAt = order.instant('utime|time|ctime') ?? push.instant('timestamp');
    return { type: 'sale.voided', id: orderNo, understand: () => ({ occurredAt, data: { orderNo } }) };
  }
  const refunded = push.has('partOrderRefund') ? push.at('partOrderRefund') : push.at('orderRefund');
  if (refunded.has('orderId')) return refundDocument(push, refunded);
  if (push.has('order_id')) return flatDocument(push);
  const about = ['order', 'orderConfirmed', 'shippingStatus', 'tradeDetail', 'message'].find((name) =>
    push.has(name),
  );
  const id = about === undefined ? null : push.id(`${about}.orderId`);
  return {
    type: about ?? 'unknown',
    id,
    version: push.id('timestamp'),
    understand: ignored({ code: 'NOT_FINISHED_YET', state: null }),
  };
}

/** 外卖 names no type: a refund has a step, a cancellation a reason and no goods. */
function flatDocument(push: Reader): VendorDocument {
  if (push.has('notify_type')) return refundDocument(push, push);
  if (push.has('detail') || !push.has('reason_code|deal_op_type')) return saleDocument(push, push);
  const orderNo = push.id('order_id');
  const occurredAt = push.instant('timestamp');
  return { type: 'sale.voided', id: orderNo, understand: () => ({ occurredAt, data: { orderNo } }) };
}

function saleDocument(push: Reader, order: Reader): VendorDocument {
  const id = order.id('orderId|order_id');
  return { type: 'sale.completed', id, understand: () => sale(push, order) };
}

/** recipientPhone is a temporary number or masked, so no member is made of it. */
function sale(push: Reader, order: Reader): Understood {
  return {
    occurredAt: order.instant('utime|ctime|timestamp'),
    data: {
      orderNo: order.id('orderId|order_id'),
      store: {
        id: push.id('ePoiId|app_poi_code|orderCompleted.ePoiId'),
        name: order.text('poiName|wm_poi_name'),
      },
      channel: 'takeaway',
      lines: soldOf(
        order.each('detail').map((item) => {
          const unitPriceFen = item.fenOfYuan('price');
          return {
            kind: unitPriceFen === 0 ? 'gift' : 'normal',
            sku: item.id('sku_id|app_food_code|food_name'),
            name: item.text('food_name'),
            quantity: item.quantity('quantity'),
            unitPriceFen,
            amountFen: lineFen(unitPriceFen, item.milli('quantity')),
          };
        }),
      ),
      amounts: {
        shippingFen: order.fenOfYuan('shippingFee|shipping_fee'),
        paidFen: order.fenOfYuan('total'),
      },
    },
  };
}

function refundDocument(push: Reader, refund: Reader): VendorDocument {
  const orderNo = refund.id('orderId|order_id');
  const refundNo = `${orderNo ?? ''}-${refund.id('refundId|refund_id') ?? push.id('timestamp') ?? 'refund'}`;
  const step = refund.text('notifyType|notify_type') ?? '';
  if (step !== '' && step !== 'agree') {
    return {
      type: `refund.${step}`,
      id: refundNo,
      understand: ignored({ code: step === 'reject' ? 'NOT_PAID_BACK' : 'NOT_PAID_BACK_YET', state: step }),
    };
  }
  const refundedFen = refund.fenOfYuan('money|refundMoney');
  return {
    type: 'refund.completed',
    id: refundNo,
    understand: () => ({
      occurredAt: refund.instant('utime|time') ?? push.instant('timestamp'),
      data: {
        refundNo,
        orderNo,
        scope: refundedFen === null ? 'full' : 'partial',
        lines: [],
        amounts: { refundedFen: refundedFen ?? 0 },
      },
    }),
  };
}
