import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callbacks } from './callbacks.ts';
import { refused, startSandbox, type Sandbox } from './support.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.settled();
  await sandbox.act('/control', {
    receiptDelayMs: 20,
    templateReceipt: 'success',
    subscriptionReceipt: 0,
    callbackSpacingMs: 0,
    clockAheadMs: 0,
    templateQuota: 100_000,
    templatesPerPerson: 30,
  });
  await sandbox.asked();
});

const ending = (given: object = {}) => ({
  touser: 'oMemberZhouTing',
  template_id: 'TMPL_COUPON_ENDING',
  data: { thing1: { value: '满80减8' }, date2: { value: '2026-12-06' }, thing3: { value: '天河店' } },
  ...given,
});
const sendTemplate = (given: object = {}) => sandbox.api('/cgi-bin/message/template/send', ending(given));
const msgidIn = async (message: object) => {
  const answer = await sandbox.fetch(
    `https://api.weixin.qq.com/cgi-bin/message/template/send?access_token=${await sandbox.token()}`,
    { method: 'POST', body: JSON.stringify(message) },
  );
  return /"msgid":(\d+)/.exec(await answer.text())?.[1] ?? '';
};

describe('after a template message WeChat says what became of it', () => {
  const receiptOf = async (openid: string) => {
    await sandbox.waitFor(`/pushes?openid=${openid}&event=TEMPLATESENDJOBFINISH`);
    const pushed = await callbacks(sandbox);
    return pushed.find(({ fields }) => fields['Event'] === 'TEMPLATESENDJOBFINISH')?.fields;
  };

  test('that it arrived, under the very number of the answer, which has 64 bits', async () => {
    const msgid = await msgidIn(ending());
    expect(await receiptOf('oMemberZhouTing')).toMatchObject({
      FromUserName: 'oMemberZhouTing',
      MsgType: 'event',
      MsgID: msgid,
      Status: 'success',
    });
  });

  test('that the person blocks the account: it was accepted, and nobody sees it', async () => {
    await sandbox.act('/block', { openid: 'oMemberLiJiayi' });
    expect(await sendTemplate({ touser: 'oMemberLiJiayi' })).toMatchObject({ errcode: 0 });
    expect(await receiptOf('oMemberLiJiayi')).toMatchObject({ Status: 'failed:user block' });
    expect(await sandbox.items('/messages?openid=oMemberLiJiayi')).toEqual([]);
  });

  test('that the system failed, when a tester wants it so', async () => {
    await sandbox.act('/control', { templateReceipt: 'failed: system failed' });
    await sendTemplate({ touser: 'oMemberWangXue' });
    expect(await receiptOf('oMemberWangXue')).toMatchObject({ Status: 'failed: system failed' });
    expect(await sandbox.items('/messages?openid=oMemberWangXue')).toEqual([]);
  });

  test('that the person has had too many, in words of its own', async () => {
    await sandbox.act('/control', { templateReceipt: 'failed:freq limit' });
    await sendTemplate({ touser: 'oMemberChenXiaoman' });
    expect(await receiptOf('oMemberChenXiaoman')).toMatchObject({ Status: 'failed:freq limit' });
  });

  test('and takes no more for one person than so many an hour; of others it takes them', async () => {
    await sandbox.act('/control', { templatesPerPerson: 2 });
    const touser = 'oGuideHuangXiaotong';
    for (const errcode of [0, 0, 43117]) expect(await sendTemplate({ touser })).toMatchObject({ errcode });
    expect(await sendTemplate()).toMatchObject({ errcode: 0 });
    await sandbox.act('/control', { clockAheadMs: 61 * 60_000 });
    expect(await sendTemplate({ touser })).toMatchObject({ errcode: 0 });
  });

  test('once for one client_msg_id, also when it was called twice', async () => {
    const once = ending({ touser: 'oGuideLinXiaoyu', client_msg_id: 'm-1' });
    const [first, second] = [await msgidIn(once), await msgidIn(once)];
    expect(second).toBe(first);
    await sandbox.waitFor('/pushes?openid=oGuideLinXiaoyu');
    expect(await sandbox.items('/messages?openid=oGuideLinXiaoyu')).toHaveLength(1);
    expect(await sandbox.items('/pushes?openid=oGuideLinXiaoyu')).toHaveLength(1);
    // WeChat promises ten minutes.
    await sandbox.act('/control', { clockAheadMs: 11 * 60_000 });
    expect(await msgidIn(once)).not.toBe(first);
  });

  test('and tells it again when it was not taken', async () => {
    await sandbox.tell({
      '/hooks/wechat': [
        { status: 500, body: '' },
        { status: 200, body: 'success' },
      ],
    });
    await sendTemplate({ touser: 'oGuideChenMeijuan' });
    await sandbox.waitFor('/pushes?openid=oGuideChenMeijuan');
    expect(await sandbox.items('/pushes?openid=oGuideChenMeijuan')).toMatchObject([
      { attempts: 2, ok: true },
    ]);
  });
});

describe('the templates of the account', () => {
  type Listed = { template_list: { template_id: string; title: string; content: string }[] };
  const listed = async () =>
    // What the endpoint answers, as its document has it.
    ((await sandbox.api('/cgi-bin/template/get_all_private_template')) as Listed).template_list;
  const add = (given: object) => sandbox.api('/cgi-bin/template/api_add_template', given);

  test('are chosen from the library by number and keywords, and can then be sent', async () => {
    const answer = await add({ template_id_short: '43003', keyword_name_list: ['退款金额', '处理结果'] });
    // The document says so.
    const { template_id: id } = answer as { template_id: string };
    expect((await listed()).at(-1)).toMatchObject({
      template_id: id,
      title: '退货处理通知',
      content: '退款金额:{{amount1.DATA}}\n处理结果:{{const5.DATA}}\n',
    });
    const refund = (result: string) =>
      sendTemplate({ template_id: id, data: { amount1: { value: '¥8.00' }, const5: { value: result } } });
    expect(await refund('已退款')).toMatchObject({ errcode: 0 });
    expect(await refund('退了')).toEqual(refused(47003, 'data.const5.value invalid'));
    expect(await sandbox.api('/cgi-bin/template/del_private_template', { template_id: id })).toEqual(
      refused(0),
    );
    expect(await refund('已退款')).toEqual(refused(40037));
    expect(await sandbox.api('/cgi-bin/template/del_private_template', { template_id: id })).toEqual(
      refused(40037),
    );
  });

  test('are refused without keywords, with one the template has not, and by a number nobody has', async () => {
    expect(await add({ template_id_short: '43003' })).toEqual(refused(40246));
    expect(await add({ template_id_short: '43003', keyword_name_list: ['优惠'] })).toEqual(refused(40246));
    expect(await add({ template_id_short: '1', keyword_name_list: ['退款金额'] })).toEqual(refused(40037));
  });

  test('are 25 at most', async () => {
    const one = { template_id_short: '43004', keyword_name_list: ['优惠券', '到期日期'] };
    for (let has = (await listed()).length; has < 25; has += 1) expect(await add(one)).toEqual(refused(0));
    expect(await add(one)).toEqual(refused(45026));
    expect(await listed()).toHaveLength(25);
  });

  test('may be sent as often as the quota of the day has it', async () => {
    await sandbox.act('/control', { templateQuota: 1, clockAheadMs: 86_400_000 });
    expect(await sendTemplate()).toMatchObject({ errcode: 0 });
    expect(await sendTemplate()).toEqual(refused(45009));
    await sandbox.act('/control', { clockAheadMs: 2 * 86_400_000 });
    expect(await sendTemplate()).toMatchObject({ errcode: 0 });
  });
});

describe('a subscription notice', () => {
  const openid = 'oSubscribes';
  const notice = (given: object = {}) =>
    sandbox.api('/cgi-bin/message/subscribe/bizsend', {
      ...ending({ touser: openid, template_id: 'SUBS_COUPON_ENDING', page: 'https://a.example' }),
      ...given,
    });
  const agree = (given: object = {}) =>
    sandbox.act('/subscribe-answer', { openid, templateId: 'SUBS_COUPON_ENDING', accept: true, ...given });

  test('goes out once for each consent, also to somebody who does not follow', async () => {
    expect(await notice()).toEqual(refused(40003));
    await agree();
    await agree();
    expect(await notice()).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(await notice()).toEqual(refused(0));
    expect(await notice()).toEqual(refused(43101, 'user refuse to accept the msg'));
    expect(await sandbox.items(`/messages?openid=${openid}`)).toMatchObject([
      { kind: 'subscription', title: '优惠券到期提醒', url: 'https://a.example' },
      {},
    ]);
  });

  test('has its number in the receipt alone', async () => {
    await sandbox.waitFor(`/pushes?openid=${openid}&event=subscribe_msg_sent_event`, 2);
    await sandbox.asked();
    await agree();
    await notice();
    await sandbox.waitFor(`/pushes?openid=${openid}&event=subscribe_msg_sent_event`, 3);
    const sent = (await callbacks(sandbox)).find(
      ({ fields }) => fields['Event'] === 'subscribe_msg_sent_event',
    );
    const [list] = sent?.root.children.find(({ name }) => name === 'SubscribeMsgSentEvent')?.children ?? [];
    expect(list?.children.map(({ name, text }) => [name, text])).toEqual([
      ['TemplateId', 'SUBS_COUPON_ENDING'],
      ['MsgID', expect.stringMatching(/^\d{19}$/)],
      ['ErrorCode', '0'],
      ['ErrorStatus', 'success'],
    ]);
  });

  test('is over when the person refuses, and a failure is told in the receipt', async () => {
    await agree();
    await agree({ accept: false });
    expect(await notice()).toEqual(refused(43101));
    await agree();
    await sandbox.act('/control', { subscriptionReceipt: 100_13 });
    const before = (await sandbox.items(`/messages?openid=${openid}`)).length;
    expect(await notice()).toEqual(refused(0));
    await sandbox.waitFor(`/pushes?openid=${openid}&event=subscribe_msg_sent_event`, 4);
    expect(await sandbox.items(`/messages?openid=${openid}`)).toHaveLength(before);
  });

  test('is refused with a wrong field, and with the id of a template message', async () => {
    await agree();
    expect(await notice({ data: { thing1: { value: '券' } } })).toEqual(
      refused(47003, 'data.date2.value is emtpy'),
    );
    expect(await notice({ template_id: 'TMPL_COUPON_ENDING' })).toEqual(refused(40037));
  });
});
