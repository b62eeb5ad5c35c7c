/** 微盟 WOS: pushes that carry ids and nothing else; they are kept, and read back before they count. */
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { ignored, needsReadBack } from './parts.ts';
import { CommonSettings } from './settings.ts';
import { openJson, type Letter } from './letters.ts';
import type { Reading } from './reading.ts';
import { signedAs, vendor } from './vendor.ts';

export const weimob = vendor<CommonSettings>({
  name: 'weimob',
  label: '微盟',
  settings: CommonSettings,
  signing: signedAs('weimob'),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    return letters.map((letter): Letter => {
      const { tree } = letter;
      const body = isObject(tree) ? tree['msgBody'] : undefined;
      return isObject(tree) && typeof body === 'string'
        ? { tree: { ...tree, msgBody: openText(body) } }
        : letter;
    });
  },
  read,
  // Unknown events are acknowledged as well: what is not, comes again and again.
  success: { body: '{"code":{"errcode":0,"errmsg":"success"}}', contentType: 'application/json' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ code: { errcode: 1, errmsg: detail } }),
    contentType: 'application/json',
  }),
  readBack: {
    calls: {
      'sale.thin': 'weimob_shop/order/detail/get by orderNo',
      'refund.thin': 'weimob_shop/rights/detail/get by rightsNo',
      'member.thin': 'weimob_crm/customer/detail/get by wid',
    },
    afterSeconds: 30,
  },
});

/** Ids have more digits than a float keeps; they are text here from the start. */
function read(push: Reader): Reading {
  const topic = push.text('topic') ?? '';
  const event = push.text('event') ?? '';
  const isTest = push.bool('test') === true;
  const messageId = push.id('id');
  switch (topic) {
    case 'weimob_shop.order': {
      const id = push.id('msgBody.orderNo|msgBody.orderId');
      return { type: 'sale.thin', id, version: messageId, isTest, understand: needsReadBack('order', id) };
    }
    case 'weimob_shop.rights': {
      const id = push.id('msgBody.rightsNo|msgBody.rightsId|msgBody.id');
      return { type: 'refund.thin', id, version: messageId, isTest, understand: needsReadBack('refund', id) };
    }
    case 'weimob_crm.customer': {
      const id = push.memberId('msgBody.wid|wid');
      return { type: 'member.thin', id, version: messageId, isTest, understand: needsReadBack('member', id) };
    }
    default: {
      const type = `${topic || 'unknown'}.${event || 'unknown'}`;
      return { type, id: messageId, isTest, understand: ignored(`${type} is not one we act on`) };
    }
  }
}
