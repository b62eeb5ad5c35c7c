/** 微盟单据: orders, after-sales and customers as they are read back (weimob-tech/go-ability-sdk pkg/wapi/wos). */
import type { Reader } from '../lossless/reader.ts';
import { knownMember, memberEvent, storeOf } from './kernel/parts.ts';
import type { CommonSettings } from './kernel/settings.ts';
import { soldOf } from './kernel/signs.ts';
import type { VendorDocument, Understood } from './kernel/document.ts';

/** Null when the document is none of these. */
export function readDocument(push: Reader, settings: CommonSettings): VendorDocument | null {
  const detail = push.at('detail');
  if (detail.has('orderInfo')) return order(detail.at('orderInfo'), settings);
  if (detail.has('rightsInfo')) return afterSale(detail.at('rightsInfo'));
  const wid = detail.memberId('wid');
  if (wid === null) return null;
  const member = { externalId: wid, phone: detail.phone('phone'), name: detail.text('nickName') };
  return { type: 'member.updated', id: wid, understand: memberEvent(push.instant('at', 'ms'), member) };
}

function order(info: Reader, settings: CommonSettings): VendorDocument {
  const base = info.at('orderBaseInfo');
  const version = base.id('updateTime');
  const understand = (): Understood => {
    const occurredAt = base.instant('payTime', 'ms');
    // Status numbers are undocumented; a paid order has its time of payment.
    if (occurredAt === null) return { ignored: { code: 'NOT_PAID_YET', state: null } };
    return { occurredAt, data: sale(info, settings, version) };
  };
  return { type: 'sale.completed', id: base.id('orderNo'), version, understand };
}

function sale(info: Reader, settings: CommonSettings, version: string | null) {
  const guide = info.memberId('guideInfo.guiderNo|guideInfo.guiderWid');
  return {
    orderNo: info.id('orderBaseInfo.orderNo'),
    version,
    store: storeOf(
      info.id('merchantInfo.processVid|merchantInfo.vid'),
      info.text('merchantInfo.processVidName|merchantInfo.vidName'),
      settings,
    ),
    channel: 'mall',
    associate: guide === null ? null : { id: guide, name: info.text('guideInfo.guiderName') },
    member: knownMember({ externalId: info.memberId('buyerInfo.wid') }),
    lines: soldOf(
      info.each('items').map((item) => ({
        lineNo: item.id('itemId'),
        sku: item.id('skuCode|skuBarCode|goodsCode|skuId'),
        name: item.text('goodsTitle'),
        categoryIds: item.has('categoryId') ? [item.id('categoryId')] : [],
        quantity: item.quantity('skuNum'),
        unitPriceFen: item.fenOfYuan('salePrice', { rounding: 'half_up' }),
        amountFen: item.fenOfYuan('payInfo.payAmount|payInfo.shouldPayAmount'),
      })),
    ),
    amounts: { paidFen: info.fenOfYuan('payInfo.payAmount') },
  };
}

function afterSale(info: Reader): VendorDocument {
  const id = info.id('rightsOrder.rightsId');
  const version = info.id('rightsOrder.updateTime');
  const understand = (): Understood => {
    const refundedFen = info.fenOfYuan('refundDetail.refundAmount') ?? 0;
    if (refundedFen === 0) return { ignored: { code: 'NOT_PAID_BACK_YET', state: null } };
    const orderNo = info.id('originOrder.orderNo');
    return {
      occurredAt: info.instant('rightsOrder.updateTime|rightsOrder.createTime', 'ms'),
      data: {
        refundNo: id,
        version,
        orderNo,
        scope: orderNo === null ? 'no_original' : 'partial',
        member: knownMember({ externalId: info.memberId('buyerInfo.wid') }),
        lines: info.each('rightsItems').map((item) => ({
          originalLineNo: item.id('orderItemId'),
          sku: item.id('goodsInfo.skuCode|goodsInfo.skuBarCode|goodsInfo.goodsCode|goodsInfo.skuId'),
          name: item.text('goodsInfo.goodsTitle'),
          quantity: item.quantity('returnNum|applyNum'),
          amountFen: item.fenOfYuan('refundDetail.refundAmount|refundDetail.applyAmount'),
        })),
        amounts: { refundedFen },
      },
    };
  };
  return { type: 'refund.completed', id, version, understand };
}
