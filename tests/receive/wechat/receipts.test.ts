/** 回执: what became of a message, in WeChat's own words, which say what has to be done. */
import { expect, test } from 'vitest';
import type { InboxEvent } from '../../../schema/index.ts';
import { normaliseWechat } from '../../../workers/receive/wechat/wechat-events.ts';
import { eventXml } from '../../wechat/reading.ts';

const told = (name: string, inner: string) =>
  normaliseWechat({ id: 'ev_1', type: name, body: eventXml(name, inner) } as unknown as InboxEvent);
const card = (status: string) =>
  told('TEMPLATESENDJOBFINISH', `<MsgID>9</MsgID><Status><![CDATA[${status}]]></Status>`);

test.each([
  ['failed:user block', 'blocked', '微信回执：failed:user block'],
  ['failed: system failed', 'failed', '微信回执：failed: system failed'],
  ['failed:freq limit', 'failed', '微信回执：failed:freq limit'],
  ['failed:something new', 'failed', '微信回执：failed:something new'],
  ['', 'failed', '微信回执：没有说明原因'],
  ['success', 'delivered', null],
])('a card with "%s" is %s: %s', (status, arrival, why) => {
  expect(card(status)).toMatchObject({ event: { receipts: [{ receipt: '9', arrival, why }] } });
});

test('a notice that was not delivered keeps the code and the words', () => {
  const inner = `<SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>7</MsgID><ErrorCode>43101</ErrorCode><ErrorStatus>user refuse</ErrorStatus></List></SubscribeMsgSentEvent>`;
  expect(told('subscribe_msg_sent_event', inner)).toMatchObject({
    event: { receipts: [{ receipt: '7', arrival: 'failed', why: '微信回执：43101 user refuse' }] },
  });
});

test('a word as long as a page is cut', () => {
  const why: unknown = expect.stringMatching(/^微信回执：x{200}$/);
  expect(card('x'.repeat(5_000))).toMatchObject({ event: { receipts: [{ why }] } });
});
