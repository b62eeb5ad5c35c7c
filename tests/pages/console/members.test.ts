/** 会员的资料、号码与合并 by form: each act once, with its audit row, and refused in words where it cannot be. */
import { beforeEach, describe, expect, test } from 'vitest';
import { line, sale } from '../../support/builders.ts';
import { memberId } from '../../support/shop.ts';
import { words } from '../support.ts';
import { employ, openConsole, signInAs, type Console } from './support.ts';

const li = { externalId: 'L', phone: '13912345487', name: '李女士' };
const wang = { externalId: 'W', phone: '13866309097', name: '王女士' };

let opened: Console;
const path = (key: string): string => `/console/members/${String(memberId(opened.shop.db, key))}`;
const acts = (): unknown[] =>
  opened.shop.db.all(`SELECT act, by FROM audit_rows ORDER BY seq`).map((row) => Object.values(row));
const page = async (at: string): Promise<string> => words(await opened.owner.get(at));

beforeEach(async () => {
  opened = await openConsole({ associates: [associate('g7', '小王')] });
  const bought = (orderNo: string, member: object, paidFen: number) =>
    sale({ orderNo, member, paidFen, lines: [line({ amountFen: paidFen })] });
  await opened.shop.tell(bought('L1', li, 20_000), bought('W1', wang, 5_000));
});

const associate = (id: string, name: string) =>
  ({ id, name, storeId: null, openid: null, wecomUserId: null, rev: 1 }) as never;

describe('two records of one person', () => {
  test('“周女士办了两次卡”: they are looked at, merged, and their points stand together; merged wrongly, they are two again', async () => {
    const [into, from] = [path('ext:pos:L'), path('ext:pos:W')];
    const asked = await opened.send(`${into}/merge`, { who: '13866309097' });
    expect(words(asked)).toContain('把王女士（138****9097）并到李女士（139****5487）名下');
    expect(words(asked)).toContain('50 积分');
    const fields = Object.fromEntries(
      [...asked.text.matchAll(/name="(from|key)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]),
    );
    const done = await opened.send(`${into}/merge`, { ...fields, sure: 'yes' });
    expect(done.location).toBe(`${into}?said=merged`);
    expect(await page(into)).toContain('积分 250');
    expect(await page(into)).toContain('刚并进来的');
    const apart = await opened.send(`${into}/split`, { from: fields['from'] ?? '' });
    expect(words(apart)).toContain('把王女士从李女士名下拆出来');
    const split = await opened.send(`${into}/split`, { from: fields['from'] ?? '', sure: 'yes' });
    expect(split.location).toBe(`${from}?said=split`);
    expect([await page(into), await page(from)]).toEqual([
      expect.stringContaining('积分 200'),
      expect.stringContaining('积分 50'),
    ]);
    expect(acts()).toEqual([
      ['member.merge', '陈老板'],
      ['member.split', '陈老板'],
    ]);
  });

  test('are not merged with nobody, with themselves, or by a manager who may not see one of them', async () => {
    const into = path('ext:pos:L');
    expect(words(await opened.send(`${into}/merge`, { who: '13700000000' }))).toContain('没有找到');
    expect(words(await opened.send(`${into}/merge`, { who: '13912345487' }))).toContain('同一位会员');
    const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['elsewhere'] }));
    expect((await opened.send(`${into}/merge`, { who: '13866309097' }, manager)).status).toBe(404);
    expect(acts()).toEqual([]);
  });

  test('after a day there is nothing to take apart any more', async () => {
    const into = path('ext:pos:L');
    const from = path('ext:pos:W').split('/').at(-1) ?? '';
    await opened.send(`${into}/merge`, { from, sure: 'yes' });
    opened.shop.clock.now += 86_400_001;
    expect((await opened.send(`${into}/split`, { from, sure: 'yes' })).status).toBe(404);
    expect(await page(into)).not.toContain('刚并进来的');
  });
});

describe('what a member says of themselves', () => {
  test('“换号码了”: the new phone finds them, the old one does not, and the reason is kept; another member’s number is refused', async () => {
    const own = path('ext:pos:L');
    const taken = await opened.send(`${own}/phone`, { phone: '138 6630 9097', reason: '本人到店' });
    expect([taken.status, words(taken)]).toEqual([409, expect.stringContaining('是另一位会员的')]);
    const wrong = await opened.send(`${own}/phone`, { phone: '12345', reason: '本人到店' });
    expect(words(wrong)).toContain('请填 11 位手机号');
    await opened.send(`${own}/phone`, { phone: '13800138000', reason: '本人到店' });
    expect((await opened.owner.get('/console/members?q=13800138000')).text).toContain(own);
    expect((await opened.owner.get('/console/members?q=13912345487')).text).not.toContain(own);
    expect(opened.shop.db.all(`SELECT text FROM contacts`).map(({ text }) => String(text))).toEqual([
      expect.stringContaining('陈老板：手机号从 139****5487 换成 138****8000。原因：本人到店'),
    ]);
    expect(acts()).toEqual([['member.rebind', '陈老板']]);
  });

  test('a name, a birthday, a child, and a due date that cannot be true is refused', async () => {
    const own = path('ext:pos:L');
    await opened.send(`${own}/profile`, { name: '李老师', birthdayOn: '1990-05-20' });
    const late = {
      'children~count': '1',
      'children[0].bornOn': '2030-01-01',
    };
    expect(words(await opened.send(`${own}/children`, late))).toContain('第 1 个宝宝的日子不对');
    await opened.send(`${own}/children`, { ...late, 'children[0].bornOn': '2026-01-02' });
    const shown = await page(own);
    for (const said of ['李老师', '1990-05-20', '2026-01-02']) expect(shown).toContain(said);
    await opened.send(`${own}/children`, { 'children~count': '0' });
    expect(await page(own)).not.toContain('2026-01-02');
    expect(acts().map((row) => (row as unknown[])[0])).toEqual([
      'member.edit',
      'member.children',
      'member.children',
    ]);
  });

  test('tags by hand come and go; what she bought vouches for its own', async () => {
    const own = path('ext:pos:L');
    await opened.send(`${own}/tags`, { others: '双胞胎、只用有机' });
    expect(await page(own)).toContain('标签 双胞胎（手工）、只用有机（手工）');
    await opened.send(`${own}/tags`, { others: '双胞胎' });
    expect(await page(own)).toContain('标签 双胞胎');
    expect(await page(own)).not.toContain('只用有机');
  });

  test('another associate', async () => {
    const own = path('ext:pos:L');
    await opened.send(`${own}/associate`, { associateId: 'g7', reason: '小王一直在带' });
    expect(await page(own)).toContain('专属导购 小王');
  });

  test('no more advertising by SMS: only what she agreed to herself can be taken back', async () => {
    const own = path('ext:pos:L');
    expect(await page(own)).toContain('没有同意过');
    const id = own.split('/').at(-1) ?? '';
    opened.shop.db.all(`INSERT INTO sms_consents VALUES (?, ?, NULL, '[]')`, id, opened.shop.clock.now);
    expect(await page(own)).toContain('同意的 停掉');
    await opened.send(`${own}/consent`, { reason: '来电话说不要了' });
    expect(await page(own)).toContain('起不再发');
    expect(acts()).toEqual([['member.consent', '陈老板']]);
  });
});
