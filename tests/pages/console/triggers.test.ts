/** 什么时候送 in the console: offered by the form, shown in the list, tried for one member, and a wrong condition is said in words. */
import { expect, test } from 'vitest';
import { campaign } from '../../support/builders.ts';
import { words } from '../support.ts';
import { openConsole } from './support.ts';

const points = [{ kind: 'points' as const, points: 100 }];
const shop = {
  campaigns: [
    campaign('top', {
      name: '充500送100分',
      trigger: 'stored_value.recharged',
      conditions: [{ kind: 'top-up', atLeastFen: 50_000 }],
      rewards: points,
    }),
    campaign('day', { name: '生日送100分', trigger: 'birthday.came', conditions: [], rewards: points }),
  ],
};

test('the list says when each gives, and the form offers every occasion', async () => {
  const { owner } = await openConsole(shop);
  const list = words(await owner.get('/console/campaigns'));
  for (const said of ['充500送100分 充值礼', '生日送100分 生日礼']) expect(list).toContain(said);
  const form = words(await owner.get('/console/campaigns/new'));
  for (const said of ['第一次关注公众号', '给公众号发一个词', '会员签到', '会员充值', '会员生日当天'])
    expect(form).toContain(said);
});

test('a top-up is tried by its sum: 500 gets it, 499.99 hears both numbers, and a phone that is nobody’s is said', async () => {
  const { owner, send } = await openConsole(shop);
  expect(words(await owner.get('/console/campaigns/top'))).toContain('充值多少元');
  const path = '/console/campaigns/top/preview';
  const tried = async (fields: Record<string, string>) => words(await send(path, fields));
  expect(await tried({ paidFen: '500' })).toMatch(/充500送100分 会得到 100 积分/);
  expect(await tried({ paidFen: '499.99' })).toMatch(/没有充满：要 500 元，现在 499.99 元/);
  expect(await tried({ paidFen: 'abc' })).toContain('“充值多少元”填得不对');
  expect(await tried({ paidFen: '500', phone: '13900000000' })).toContain('没有这个手机号的会员');
});

test('a condition of purchases on a birthday is refused in words, beside the condition', async () => {
  const { send } = await openConsole(shop);
  const answer = await send('/console/campaigns/new', {
    name: '生日礼',
    trigger: 'birthday.came',
    status: 'active',
    'conditions~count': '1',
    'rewards~count': '1',
    'conditions[0].kind': 'spend',
    'conditions[0].scope': 'order',
    'conditions[0].measure': 'amount',
    'conditions[0].atLeast': '188',
    'rewards[0].kind': 'points',
    'rewards[0].points': '100',
  });
  expect([answer.status, words(answer)]).toEqual([
    422,
    expect.stringContaining('这个条件和上面的“什么时候送”对不上'),
  ]);
});

test('a trial of 升级 is told which level is reached; loaded again by its address the form stands there', async () => {
  const { owner, send } = await openConsole({
    campaigns: [
      campaign('gold', {
        name: '升金卡送100分',
        trigger: 'level.reached',
        conditions: [{ kind: 'level', levels: ['金卡'] }],
        rewards: points,
      }),
    ],
  });
  const path = '/console/campaigns/gold/preview';
  const tried = async (fields: Record<string, string>) => words(await send(path, fields));
  expect(await tried({ level: '金卡' })).toMatch(/升金卡送100分 会得到 100 积分/);
  expect(await tried({ level: '银卡' })).toContain('不是指定的等级');
  expect(await tried({ level: '' })).toContain('“升到哪个等级”填得不对');
  const again = await owner.get(path);
  expect([again.status, words(again)]).toEqual([200, expect.stringContaining('升到哪个等级')]);
  expect((await owner.get('/console/campaigns/none/preview')).status).toBe(404);
});

test('another occasion offers the conditions that it can be asked after; what only stood there goes, what was filled in stays', async () => {
  const { owner, send } = await openConsole(shop);
  expect((await owner.get('/console/campaigns/new')).text).toContain('>一笔买满多少<');
  const form = (given: object) => ({
    '~act': 'redraw',
    name: '生日礼',
    trigger: 'birthday.came',
    'conditions~count': '1',
    'conditions[0].kind': 'spend',
    'conditions[0].scope': 'order',
    'conditions[0].measure': 'amount',
    'conditions[0].atLeast': '',
    'rewards~count': '0',
    ...given,
  });
  const bare = await send('/console/campaigns/new', form({}));
  expect(bare.text).not.toContain('conditions[0].kind');
  const more = await send('/console/campaigns/new', form({ '~act': 'add:conditions' }));
  const offered = words(more);
  for (const said of ['一笔买满多少', '充值满多少', '连续签到几天', '第一次消费'])
    expect(offered).not.toContain(said);
  for (const said of ['是这些等级', '是不是超级会员']) expect(offered).toContain(said);
  const filled = await send('/console/campaigns/new', form({ 'conditions[0].atLeast': '188' }));
  expect(filled.text).toContain('>一笔买满多少<');
});
