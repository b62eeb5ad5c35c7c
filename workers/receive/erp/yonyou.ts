/** 用友 YonBIP: encrypted events, answered `success` within two seconds; they name documents that have to be fetched. */
import type { Reader } from '../lossless/reader.ts';
import { needsReadBack, notActedOn } from './kernel/parts.ts';
import { CommonSettings } from './kernel/settings.ts';
import { openJson } from './kernel/letters.ts';
import type { VendorDocument } from './kernel/document.ts';
import { signedAs, vendor } from './kernel/vendor.ts';

export const yonyou = vendor<CommonSettings>({
  name: 'yonyou',
  label: '用友 YonBIP',
  settings: CommonSettings,
  signing: signedAs('yonyou-event'),
  open: (text) => {
    const letters = openJson(text);
    if ('status' in letters) return letters;
    // The URL check is encrypted like every event and needs only the answer.
    return letters.filter(
      ({ tree }) =>
        !(typeof tree === 'object' && tree !== null && 'type' in tree && tree.type === 'CHECK_URL'),
    );
  },
  read,
  success: { body: 'success', contentType: 'text/plain; charset=utf-8' },
  failure: ({ detail }) => ({ body: detail, contentType: 'text/plain; charset=utf-8' }),
  readBack: {
    calls: { 'sale.thin': 'the retail document named by id', 'member.thin': 'the member named by id' },
    afterSeconds: 5,
  },
});

/** Sent again each minute for an hour until the answer is right, with the same eventId. */
function read(push: Reader): VendorDocument {
  const type = push.text('type') ?? 'unknown';
  const id = push.id('eventId');
  const document = push.id('id|content.id|content.code|data.id|data.code');
  if (/retail|sale|receipt/i.test(type)) {
    return {
      type: 'sale.thin',
      id: document ?? id,
      version: id,
      understand: needsReadBack('sale', document),
    };
  }
  if (/member|customer/i.test(type)) {
    return {
      type: 'member.thin',
      id: document ?? id,
      version: id,
      understand: needsReadBack('member', document),
    };
  }
  return { type, id, understand: notActedOn(type) };
}
