/** 微盟 WOS: pushes carry only ids; they are stored, and their documents are fetched. */
import { openText } from '../lossless/nested.ts';
import type { Reader } from '../lossless/reader.ts';
import { isObject } from '../lossless/tree.ts';
import { needsReadBack, notActedOn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { openJson, type Letter } from './kernel/letters.ts';
import type { VendorDocument } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';
import { readDocument } from './weimob-documents.ts';

export const weimob = vendor<CommonSettings>({
  name: 'weimob',
  label: '微盟',
  settings: CommonSettings,
  signing: signedAs('weimob'),
  open: (text, { fields }) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    return letters.map((letter): Letter => {
      const { tree } = letter;
      if (!isObject(tree) || !fields) return letter;
      // The signature covers two fields: a push that brings the document as well could bring any.
      const { detail: _unsigned, msgBody = null, ...push } = tree;
      return { tree: { ...push, msgBody: openText(msgBody) } };
    });
  },
  read,
  // Unknown events are acknowledged too, because unacknowledged ones are sent again and again.
  success: { body: '{"code":{"errcode":0,"errmsg":"success"}}', contentType: 'application/json' },
  failure: ({ detail }) => ({
    body: JSON.stringify({ code: { errcode: 1, errmsg: detail } }),
    contentType: 'application/json',
  }),
  readBack: {
    calls: {
      'sale.thin': 'weimob_shop/order/detail/get by orderNo',
      'refund.thin': 'weimob_shop/rights/detail/get by rightsId',
      'member.thin': 'bos/user/info/get by bosId and wid',
    },
    afterSeconds: 30,
  },
});

/** Ids have more digits than a float keeps; they are text here from the start. */
function read(push: Reader, settings: CommonSettings): VendorDocument {
  const document = push.has('detail') ? readDocument(push, settings) : null;
  if (document) return document;
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
      return { type, id: messageId, isTest, understand: notActedOn(type) };
    }
  }
}
