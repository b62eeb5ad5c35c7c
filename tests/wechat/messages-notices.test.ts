import { describe, expect, test } from 'vitest';
import { eventOf, eventXml, read } from './reading.ts';

describe('a template message', () => {
  test.each([
    ['success', 'sent'],
    ['failed:user block', 'blocked'],
    [' failed: user block ', 'blocked'],
    ['failed: system failed', 'failed'],
    ['failed:freq limit', 'failed'],
    ['failed:something new', 'failed'],
    ['', 'failed'],
  ])('with the status "%s" is %s', (status, expected) => {
    const inner = `<MsgID>200163836</MsgID><Status><![CDATA[${status}]]></Status>`;
    expect(eventOf('TEMPLATESENDJOBFINISH', inner)).toEqual({
      kind: 'template-sent',
      msgId: '200163836',
      status: expected,
      said: status.trim(),
    });
  });

  test('is the same message though its id is written MsgId', () => {
    expect(eventOf('TEMPLATESENDJOBFINISH', '<MsgId>9</MsgId><Status>success</Status>')).toMatchObject({
      msgId: '9',
    });
  });
});

describe('a mass message', () => {
  const counts =
    '<TotalCount>100</TotalCount><FilterCount>80</FilterCount><SentCount>75</SentCount><ErrorCount>5</ErrorCount>';
  test.each([
    ['send success', true],
    ['sendsuccess', true],
    ['send fail', false],
    ['err(10001)', false],
  ])('with the status "%s": sent is %s, and of 100 people 75 got it', (status, isSent) => {
    expect(eventOf('MASSSENDJOBFINISH', `<MsgID>1</MsgID><Status>${status}</Status>${counts}`)).toEqual({
      kind: 'mass-sent',
      msgId: '1',
      status,
      isSent,
      total: 100,
      filtered: 80,
      sent: 75,
      failed: 5,
    });
  });
});

describe('a subscription', () => {
  const entry = (id: string, answer: string): string =>
    `<List><TemplateId><![CDATA[${id}]]></TemplateId><SubscribeStatusString>${answer}</SubscribeStatusString></List>`;

  test('popup tells of every template, one or many', () => {
    const one = eventOf(
      'subscribe_msg_popup_event',
      `<SubscribeMsgPopupEvent>${entry('T1', 'accept')}</SubscribeMsgPopupEvent>`,
    );
    expect(one).toEqual({
      kind: 'subscription-answers',
      from: 'popup',
      answers: [{ templateId: 'T1', accepted: true }],
    });
    const many = `<SubscribeMsgPopupEvent>${entry('T1', 'accept')}${entry('T2', 'reject')}${entry('T3', '')}</SubscribeMsgPopupEvent>`;
    expect(eventOf('subscribe_msg_popup_event', many)).toMatchObject({
      answers: [
        { templateId: 'T1', accepted: true },
        { templateId: 'T2', accepted: false },
        { templateId: 'T3', accepted: false },
      ],
    });
  });

  test.each(['SubscribeMsgChangeEvent', 'SubscribeMsgPopupEvent', 'subscribemsgchangeevent'])(
    'change is read inside %s',
    (wrapper) => {
      expect(
        eventOf('subscribe_msg_change_event', `<${wrapper}>${entry('T1', 'reject')}</${wrapper}>`),
      ).toEqual({
        kind: 'subscription-answers',
        from: 'change',
        answers: [{ templateId: 'T1', accepted: false }],
      });
    },
  );

  test('without a wrapper, or without any entry, is still one', () => {
    expect(eventOf('subscribe_msg_popup_event', entry('T1', 'accept'))).toMatchObject({
      answers: [{ templateId: 'T1', accepted: true }],
    });
    expect(eventOf('subscribe_msg_popup_event')).toMatchObject({ answers: [] });
  });

  test('result names each message, with the code and the words', () => {
    const list = (code: string, words: string): string =>
      `<List><TemplateId>T</TemplateId><MsgID>1864323726461255680</MsgID><ErrorCode>${code}</ErrorCode><ErrorStatus>${words}</ErrorStatus></List>`;
    const inner = `<SubscribeMsgSentEvent>${list('0', 'success')}${list('43101', 'user refuse')}${list('', '')}</SubscribeMsgSentEvent>`;
    expect(eventOf('subscribe_msg_sent_event', inner)).toEqual({
      kind: 'subscription-sent',
      results: [
        { templateId: 'T', msgId: '1864323726461255680', errorCode: 0, errorStatus: 'success' },
        { templateId: 'T', msgId: '1864323726461255680', errorCode: 43101, errorStatus: 'user refuse' },
        { templateId: 'T', msgId: '1864323726461255680', errorCode: -1, errorStatus: '' },
      ],
    });
  });
});

describe('a notice about a person’s data', () => {
  test.each([
    ['user_info_modified', 'profile-modified'],
    ['user_authorization_revoke', 'authorization-revoked'],
    ['user_authorization_cancellation', 'account-cancelled'],
  ])('%s is about the one in OpenID, not about the sender', (name, kind) => {
    const inner =
      '<OpenID>oPerson</OpenID><UnionID>u1</UnionID><AppID>wx1</AppID><RevokeInfo>205</RevokeInfo>';
    expect(read(eventXml(name, inner))).toMatchObject({
      openid: 'o1',
      kind,
      subject: 'oPerson',
      unionId: 'u1',
      revoked: ['205'],
    });
  });

  test('is found when its names are in small letters, and when several things are revoked', () => {
    expect(
      eventOf('user_authorization_revoke', '<openid> oPerson </openid><revokeinfo>201, 205</revokeinfo>'),
    ).toEqual({
      kind: 'authorization-revoked',
      subject: 'oPerson',
      unionId: null,
      revoked: ['201', '205'],
    });
    expect(
      eventOf(
        'user_authorization_revoke',
        '<OpenID>p</OpenID><RevokeInfo>201</RevokeInfo><RevokeInfo>206</RevokeInfo>',
      ),
    ).toMatchObject({ revoked: ['201', '206'] });
  });

  test('that names nobody is never laid on the sender', () => {
    expect(eventOf('user_authorization_revoke', '<RevokeInfo>205</RevokeInfo>')).toEqual({
      kind: 'unknown',
      name: 'user_authorization_revoke',
    });
  });
});

test('a session at the service desk begins, moves and ends', () => {
  const desk = (name: string, inner: string): object => eventOf(name, inner);
  const kind = 'customer-service-session';
  expect(desk('kf_create_session', '<KfAccount>a@1</KfAccount>')).toEqual({
    kind,
    change: 'created',
    account: 'a@1',
    fromAccount: null,
  });
  expect(
    desk('kf_switch_session', '<FromKfAccount>a@1</FromKfAccount><ToKfAccount>b@1</ToKfAccount>'),
  ).toEqual({ kind, change: 'switched', account: 'b@1', fromAccount: 'a@1' });
  expect(desk('kf_close_session', '<KfAccount>b@1</KfAccount>')).toMatchObject({ change: 'closed' });
});

test('a card of the old kind is told with its code', () => {
  expect(
    eventOf('user_get_card', '<CardId>c1</CardId><UserCardCode>12312312</UserCardCode><OuterStr/>'),
  ).toEqual({
    kind: 'card',
    event: 'user_get_card',
    cardId: 'c1',
    userCardCode: '12312312',
    outerStr: null,
  });
});

describe('two things that happen in one second are two', () => {
  const keyOf = (name: string, inner: string): string => read(eventXml(name, inner)).dedupeKey;

  test.each<[string, string, string, string]>([
    ['two coupons', 'user_get_card', '<UserCardCode>1</UserCardCode>', '<UserCardCode>2</UserCardCode>'],
    ['two menu taps', 'CLICK', '<EventKey>a</EventKey>', '<EventKey>b</EventKey>'],
    ['two receipts', 'TEMPLATESENDJOBFINISH', '<MsgID>1</MsgID>', '<MsgID>2</MsgID>'],
    ['two people’s revocations', 'user_authorization_revoke', '<OpenID>p</OpenID>', '<openid>q</openid>'],
    [
      'two subscription results',
      'subscribe_msg_sent_event',
      '<SubscribeMsgSentEvent><List><MsgID>1</MsgID></List></SubscribeMsgSentEvent>',
      '<SubscribeMsgSentEvent><List><MsgID>2</MsgID></List></SubscribeMsgSentEvent>',
    ],
    [
      'two very long links',
      'VIEW',
      `<EventKey>https://x/${'a'.repeat(400)}1</EventKey>`,
      `<EventKey>https://x/${'a'.repeat(400)}2</EventKey>`,
    ],
  ])('%s', (_, name, one, other) => {
    expect(keyOf(name, one)).not.toBe(keyOf(name, other));
    expect(keyOf(name, one)).toBe(keyOf(name, one));
    expect(keyOf(name, one).length).toBeLessThanOrEqual(256);
  });

  test('and a follow and a place of one second are two as well', () => {
    expect(keyOf('subscribe', '')).not.toBe(keyOf('LOCATION', ''));
  });
});
