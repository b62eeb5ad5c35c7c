import { describe, expect, test } from 'vitest';
import { parseJson, parseLossless } from '../../workers/wechat/json.ts';
import { readMessageJson } from '../../workers/wechat/messages.ts';
import { textOf } from '../../workers/wechat/xml.ts';
import { cpuMsOf } from '../support/cpu.ts';
import { eventXml, read } from './reading.ts';

const envelope = '"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1795330740,"MsgType":"event"';
const list = '{"TemplateId":"T1","SubscribeStatusString":"accept","PopupScene":"1"}';

describe('a push in JSON', () => {
  test('says what it would say in XML, key for key', () => {
    const json = `{${envelope},"Event":"subscribe","EventKey":"qrscene_g7","Ticket":"T"}`;
    const xml = eventXml('subscribe', '<EventKey>qrscene_g7</EventKey><Ticket>T</Ticket>');
    expect(readMessageJson(json)).toEqual(read(xml));
  });

  test.each([
    ['one entry, which is no list', list],
    ['one entry in a list', `[${list}]`],
  ])('with %s', (_, entries) => {
    const json = `{${envelope},"Event":"subscribe_msg_change_event","List":${entries}}`;
    expect(readMessageJson(json)).toMatchObject({
      from: 'change',
      answers: [{ templateId: 'T1', accepted: true }],
    });
  });

  test('with two entries', () => {
    const json = `{${envelope},"Event":"subscribe_msg_popup_event","List":[${list},${list.replace('T1', 'T2')}]}`;
    expect(readMessageJson(json)).toMatchObject({ answers: [{ templateId: 'T1' }, { templateId: 'T2' }] });
  });

  test('whose names begin with a blank, as in the sample of the documents', () => {
    const json = `{${envelope},"Event":"user_info_modified"," OpenID":"oPerson"," RevokeInfo":"205"}`;
    expect(readMessageJson(json)).toMatchObject({ subject: 'oPerson', revoked: ['205'] });
  });

  test('keeps the last digits of a MsgId', () => {
    const json = `{${envelope.replace('event', 'text')},"Content":"x","MsgId":4561255354251345929}`;
    expect(readMessageJson(json)).toMatchObject({ kind: 'text', msgId: '4561255354251345929' });
  });

  test.each(['', '[]', 'null', '"x"', '{', '<xml></xml>', '{"a":'.repeat(12) + '1' + '}'.repeat(12)])(
    '%j is none',
    (source) => expect(readMessageJson(source)).toBeNull(),
  );

  test('of more than a million characters is none', () => {
    expect(readMessageJson(`{"a":"${'x'.repeat(1_048_576)}"}`)).toBeNull();
  });
});

test('an envelope in JSON gives up its Encrypt', () => {
  const parsed = parseJson('{"ToUserName":"gh_1","Encrypt":"abc=="}');
  expect(parsed.ok && textOf(parsed.root, 'Encrypt')).toBe('abc==');
});

describe('long numbers become text, and nothing else changes', () => {
  test.each<[string, unknown]>([
    ['{"a":4561255354251345929}', { a: '4561255354251345929' }],
    ['[-4561255354251345929,1]', ['-4561255354251345929', 1]],
    ['{"a":"4561255354251345929"}', { a: '4561255354251345929' }],
    [String.raw`{"a":"\"4561255354251345929"}`, { a: '"4561255354251345929' }],
    ['{"a":0.12345678901234567}', { a: Number('0.12345678901234567') }],
    ['{"a":12345678901234567e3}', { a: 12_345_678_901_234_567e3 }],
    ['{"a":123456789012345}', { a: 123_456_789_012_345 }],
    ['{"a":"x', null],
    [String.raw`{"a":"x\ `.trim(), null],
  ])('%s', (source, expected) => expect(parseLossless(source)).toEqual(expected));

  test('in good time, even when it was made to be slow', () => {
    const ms = cpuMsOf(() => {
      parseLossless('"'.repeat(500_000));
      parseLossless(`"${'\\"'.repeat(250_000)}`);
      parseLossless('1'.repeat(500_000));
      parseLossless(`"${'\\'.repeat(500_001)}`);
      parseLossless(`"${'\\"'.repeat(250_000)}\\`);
    });
    expect(ms).toBeLessThan(2000);
  });
});
