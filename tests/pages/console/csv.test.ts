/** 下载表格: what a list shows, for Excel, in pages, with nothing in it that Excel would reckon; and who took it. */
import { expect, test } from 'vitest';
import { grants } from '../../../workers/commands/jobs/grants.ts';
import { sale, template } from '../../support/builders.ts';
import { roundOf } from '../../support/round.ts';
import { memberId } from '../../support/shop.ts';
import { csvResponse } from '../../../workers/pages/console/kit/csv.tsx';
import { employ, openConsole, signInAs } from './support.ts';

const bought = (orderNo: string, member: object) => sale({ orderNo, member });

async function withThree() {
  const opened = await openConsole();
  await opened.shop.tell(
    bought('A1', { externalId: 'A', phone: '13912345487', name: '周女士' }),
    bought('A2', { externalId: 'B', phone: '13866309097', name: '王, "大"姐' }),
    bought('A3', { externalId: 'C', phone: '13700000001', name: '=HYPERLINK("x")' }),
  );
  return opened;
}

test('members come as they are found, quoted where they have to be, and never as a formula', async () => {
  const { send, shop } = await withThree();
  const all = await send('/console/members/csv', {});
  expect(all.headers.get('content-type')).toContain('text/csv');
  // 会员.csv, as a browser saves it.
  expect(all.headers.get('content-disposition')).toBe(
    `attachment; filename="huike.csv"; filename*=UTF-8''${encodeURIComponent('会员')}.csv`,
  );
  const lines = all.text.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines[0]).toBe('会员编号,称呼,手机,等级,积分,消费（元）,最近一次');
  expect(
    lines
      .slice(1)
      .toSorted()
      .map((line) => line.replace(/^m_\w+,/, '')),
  ).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^周女士,13912345487,,100,100,/),
      expect.stringMatching(/^"王, ""大""姐",/),
      expect.stringMatching(/^"'=HYPERLINK/),
    ]),
  );
  const one = await send('/console/members/csv?q=5487', {});
  expect(one.text.trim().split('\r\n')).toHaveLength(2);
  expect(shop.db.all(`SELECT act, subject, after ->> 'text' AS q FROM audit_rows ORDER BY seq`)).toEqual([
    { act: 'list.export', subject: '会员', q: '' },
    { act: 'list.export', subject: '会员', q: '5487' },
  ]);
});

test('a manager’s file holds her stores’ members only; a cashier has none', async () => {
  const opened = await withThree();
  const stranger = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['elsewhere'] }));
  expect((await opened.send('/console/members/csv', {}, stranger)).text.trim().split('\r\n')).toHaveLength(1);
  const cashier = await signInAs(opened, await employ(opened, 'cashier'));
  expect((await opened.send('/console/members/csv', {}, cashier)).status).toBe(403);
});

test('what became of each member of a grant to a group: who got hers, who had hers already; asked by outcome as well', async () => {
  const opened = await openConsole({ templates: [template('T1', { perMember: 1 })] });
  const { send, shop } = opened;
  await shop.tell(
    bought('A1', { externalId: 'A', phone: '13912345487', name: '周女士' }),
    bought('A2', { externalId: 'B', phone: '13866309097', name: '=1+1' }),
  );
  await send(`/console/members/${String(memberId(shop.db, 'ext:pos:A'))}/grant`, {
    templateId: 'T1',
    count: '1',
    reason: '补偿',
  });
  const asked = { 'to.by': 'store', 'to.storeId': '8005', templateId: 'T1', count: '1', reason: '开业' };
  const { location } = await send('/console/grant-jobs/new', asked);
  await send(`${location ?? ''}/start`, {});
  await grants.run(roundOf(shop), shop.clock.now);
  const lines = async (query = ''): Promise<string[]> =>
    (await send(`${location ?? ''}/csv${query}`, {})).text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((one) => one.replace(/^m_\w+,/, '').replace(/,[^,]*$/, ''));
  expect((await lines()).toSorted()).toEqual(
    [
      "'=1+1,13866309097,发到了",
      '会员编号,称呼,手机,结果',
      '周女士,13912345487,没发：每人的上限到了',
    ].toSorted(),
  );
  expect(await lines('?outcome=given')).toEqual(['会员编号,称呼,手机,结果', "'=1+1,13866309097,发到了"]);
  const manager = await signInAs(opened, await employ(opened, 'manager', { storeIds: ['8006'] }));
  expect((await send(`${location ?? ''}/csv`, {}, manager)).status).toBe(404);
  expect(
    shop.db.all(`SELECT after ->> 'outcome' AS outcome FROM audit_rows WHERE act = 'list.export'`),
  ).toEqual([{ outcome: null }, { outcome: 'given' }]);
});

test('events and messages have theirs; without a form of the session there is none', async () => {
  const { send, owner } = await withThree();
  expect((await send('/console/events/csv?order=A1', {})).text).toMatch(/销售,收银系统,已处理,/);
  expect((await send('/console/messages/csv', {})).text).toContain('时间,消息,会员编号');
  expect((await owner.post('/console/members/csv', {})).status).toBe(403);
});

test('a long list is read page by page while it is sent, and ends with a line that says it was cut', async () => {
  const asked: number[] = [];
  const response = await csvResponse<number, number>({
    name: 'n',
    columns: [{ label: '数', text: String }],
    first: 0,
    read: async (from, limit) => {
      asked.push(from);
      return { items: Array.from({ length: limit }, (_, place) => from + place), next: from + limit };
    },
  });
  const lines = (await response.text()).trim().split('\r\n');
  expect([asked.length, lines.length, lines.at(-1)]).toEqual([
    15,
    7_502,
    '只到这里：后面还有，请缩小条件再下载。',
  ]);
});
