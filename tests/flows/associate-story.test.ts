/**
 * 会员问，导购在微信里答: over HTTP through `npm start`, with the simulated WeChat's signatures, windows and cards, for an associate
 * who has just written, for one who was silent, and for one whom nothing reaches.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forget, newStateDir, startHuike, type Running } from '../support/running.ts';
import { until } from '../support/until.ts';

type Json = Record<string, unknown>;

const stateDir = newStateDir();
let huike: Running;
let token = '';

beforeAll(async () => {
  huike = await startHuike(stateDir);
  const answer = await fetch(`${huike.url}/sandbox/api/credentials`);
  ({ apiToken: token } = (await answer.json()) as { apiToken: string });
});
afterAll(async () => {
  await huike.stop();
  forget(stateDir);
});

async function api(path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${huike.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { method: 'PUT', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Json;
}

async function sandbox(path: string, body?: Json): Promise<Json> {
  const response = await fetch(`${huike.url}/sandbox/api${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Json;
}

const itemsOf = (list: Json): Json[] => list['items'] as Json[];
const say = (openid: string, text: string): Promise<Json> => sandbox('/say', { openid, text });

/** What a person's phone shows, whichever way it came. */
const phone = async (openid: string): Promise<string> =>
  JSON.stringify(itemsOf(await sandbox(`/messages?openid=${openid}`)));
const reads = (openid: string, words: string): Promise<unknown> =>
  until(async () => (await phone(openid)).includes(words), 20_000);

const spoken = async (phoneNumber: string): Promise<unknown[]> => {
  const [member] = itemsOf(await api(`/members?phone=${phoneNumber}`));
  const messages = itemsOf(await api(`/conversations/${String(member?.['id'])}/messages`));
  return messages.map(({ direction, text }) => [direction, text]);
};

test('an associate who has just written reads her member’s words, answers in WeChat, and the member reads it', async () => {
  await say('oGuideLinXiaoyu', '在');
  await say('oMemberZhouTing', '奶粉到了吗？');
  await reads('oGuideLinXiaoyu', '周婷：奶粉到了吗？');
  await say('oGuideLinXiaoyu', '到了，给您留了一罐。');
  await reads('oGuideLinXiaoyu', '已转给周婷。');
  await reads('oMemberZhouTing', '到了，给您留了一罐。');
  expect(await spoken('13800138002')).toEqual([
    ['out', '到了，给您留了一罐。'],
    ['in', '奶粉到了吗？'],
  ]);
});

test('one who was silent for days is reached by card, and both read the same', async () => {
  await say('oMemberWangXue', '周末有活动吗？');
  await reads('oGuideHuangXiaotong', '周末有活动吗？');
  await say('oGuideHuangXiaotong', '有，周六满赠。');
  await reads('oGuideHuangXiaotong', '已转给王雪。');
  await reads('oMemberWangXue', '有，周六满赠。');
});

test('one whom nothing reaches leaves nobody without an answer: the shop answers, and is told', async () => {
  const settings = await api('/settings');
  const { 'chat-associate': _, ...wechatTemplates } = settings['wechatTemplates'] as Json;
  await api('/settings', { ...settings, wechatTemplates });
  await say('oMemberLiJiayi', '尿不湿有货吗？');
  await reads('oMemberLiJiayi', '收到啦，店里看到后会尽快回复您。');
  expect(itemsOf(await api('/alerts'))).toContainEqual(
    expect.objectContaining({
      kind: 'associate.unreachable',
      text: expect.stringContaining('会员的话没有送到导购陈美娟'),
    }),
  );
  // What she says next is for nobody, and she hears so.
  await say('oGuideChenMeijuan', '有货');
  await reads('oGuideChenMeijuan', '没有转给会员');
  expect(await phone('oMemberLiJiayi')).not.toContain('有货"');
});
