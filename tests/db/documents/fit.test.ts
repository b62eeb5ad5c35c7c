/** 档案的大小: what leaves a document that has grown too large, and what never does. */
import { describe, expect, test } from 'vitest';
import type { MemberCounter, MemberId, MemberTag, PlanId, Reminder, StoreId } from '../../../schema/index.ts';
import {
  encodeDocument,
  type DocumentRow,
  type MemberDocument,
} from '../../../workers/db/documents/member-document.ts';
import { documentBytesMax, fit, isWithin } from '../../../workers/db/documents/fit.ts';
import { shelves } from '../../../workers/db/shelves/index.ts';
import type { Config } from '../../../workers/decide/config.ts';
import { dayMs, localDate } from '../../../workers/decide/plain/dates.ts';
import { at, campaign, line, plan, sale, template } from '../../support/builders.ts';
import { nounRows } from '../../support/kept.ts';
import { balanceOf, ledgerFaults, openShop, reminderRows } from '../../support/shop.ts';

const memberId = 'm_1' as MemberId;
const now = at('2026-11-22 15:00');
const heads: MemberDocument['heads'] = [['points', { seq: 9, balance: 300, credited: 900, lots: [] }]];

const reminder = (subject: string, days: number, state: Reminder['state']): Reminder => ({
  memberId,
  planId: 'p' as PlanId,
  subject,
  kind: 'run-out',
  storeId: '8005' as StoreId,
  basis: { productName: '奶粉', lots: [], endsOn: '2026-11-22' },
  dueAt: now + days * dayMs,
  sendAt: now + days * dayMs,
  state,
});
const counter = (subject: string, daysAgo: number): MemberCounter => ({
  memberId,
  subject,
  used: 1,
  days: { [localDate(now - daysAgo * dayMs, 'Asia/Shanghai')]: 1 },
  forgottenTo: null,
});
const tag = (name: string, support: number, manual = false): MemberTag => ({
  memberId,
  tag: name,
  support,
  manual,
});

/** A shop with one campaign that is active, and one template that each member may have once. */
const configOf = async (): Promise<Config> => {
  const shop = await openShop({
    campaigns: [campaign('running', { limits: { perMember: 1 } })],
    templates: [template('share')],
  });
  return shop.engine.config.get();
};

const whole = {
  reminders: [
    reminder('sent last week', -7, 'sent'),
    reminder('passed last month', -30, 'passed'),
    reminder('tomorrow', 1, 'pending'),
    reminder('in a year', 365, 'pending'),
  ],
  memberCounters: [
    counter('running', 900),
    counter('share', 900),
    counter('scene:poster', 900),
    counter('ended', 401),
    counter('ended-before', 800),
    counter('ended-lately', 399),
  ],
  tags: [tag('gone', 0), tag('bought', 1), tag('put on', 0, true)],
};

const documentOf = (rows: typeof whole): MemberDocument => ({
  heads,
  // Rows of three nouns, each as its shelf keeps it.
  rows: new Map(Object.entries(rows)) as unknown as ReadonlyMap<never, readonly DocumentRow[]>,
});

async function fitted(bytesMax: number): Promise<Record<string, unknown[]>> {
  const document = documentOf(whole);
  const text = encodeDocument(document, shelves) ?? '';
  const moment = { config: await configOf(), now };
  const { rows, heads: kept } = fit(document, text, { shelves, moment, bytesMax });
  expect(kept).toEqual(heads);
  return Object.fromEntries(
    [...rows].map(([name, left]) => [name, left.map(({ subject, tag: label }) => subject ?? label)]),
  );
}

const bytesOf = (document: MemberDocument): number =>
  new TextEncoder().encode(encodeDocument(document, shelves) ?? '').length;
const all = bytesOf(documentOf(whole));

describe('a document leaves behind', () => {
  test('nothing while it is within its bound', async () => {
    expect(await fitted(all)).toEqual({
      reminders: ['sent last week', 'passed last month', 'tomorrow', 'in a year'],
      memberCounters: ['running', 'share', 'scene:poster', 'ended', 'ended-before', 'ended-lately'],
      tags: ['gone', 'bought', 'put on'],
    });
  });

  test('one byte beyond it, the tag that nothing vouches for; then the reminder of a month ago', async () => {
    const first = await fitted(all - 1);
    expect([first['tags'], first['reminders']?.length]).toEqual([['bought', 'put on'], 4]);
    const second = await fitted(bytesOf(documentOf({ ...whole, tags: whole.tags.slice(1) })) - 1);
    expect(second['reminders']).toEqual(['sent last week', 'tomorrow', 'in a year']);
  });

  test('then the counts of campaigns that are over for more than 400 days, the oldest day first', async () => {
    const without = bytesOf(
      documentOf({ ...whole, reminders: whole.reminders.slice(2), tags: whole.tags.slice(1) }),
    );
    const left = await fitted(without - 1);
    expect(left['memberCounters']).toEqual(['running', 'share', 'scene:poster', 'ended', 'ended-lately']);
    expect(left['reminders']).toEqual(['tomorrow', 'in a year']);
  });

  test('last the reminders that still wait, the furthest first; and never what a limit, a share or a tag counts on', async () => {
    expect(await fitted(1)).toEqual({
      reminders: [],
      memberCounters: ['running', 'share', 'scene:poster', 'ended-lately'],
      tags: ['bought', 'put on'],
    });
  });
});

test('16,384 bytes are within the bound, and one more is not, also in Chinese', () => {
  expect(isWithin('a'.repeat(documentBytesMax), documentBytesMax)).toBe(true);
  expect(isWithin('a'.repeat(documentBytesMax + 1), documentBytesMax)).toBe(false);
  expect(isWithin('奶'.repeat(5_461), documentBytesMax)).toBe(true);
  expect(isWithin('奶'.repeat(5_462), documentBytesMax)).toBe(false);
});

test('散客: a till’s walk-in who buys 400 different tins keeps 300 once, 16 KB of reminders at most, and every point', async () => {
  const shop = await openShop({
    plans: [plan('S1')],
    campaigns: [
      campaign('once', {
        conditions: [],
        limits: { perMember: 1 },
        rewards: [{ kind: 'points', points: 300 }],
      }),
    ],
  });
  for (let tin = 0; tin < 400; tin += 50) {
    const sales = Array.from({ length: 50 }, (_, place) =>
      sale({
        orderNo: String(tin + place),
        member: { externalId: '散客' },
        lines: [line({ sku: `tin-${String(tin + place)}`, amountFen: 10_000 })],
      }),
    );
    await shop.tell(...sales);
  }
  const [{ bytes } = {}] = shop.db.all(`SELECT octet_length(document) AS bytes FROM members`);
  expect(Number(bytes)).toBeLessThanOrEqual(documentBytesMax);
  expect(reminderRows(shop.db).length).toBeGreaterThan(40);
  expect(nounRows(shop.db, 'memberCounters')).toMatchObject([{ subject: 'once', used: 1 }]);
  expect(balanceOf(shop.db, 'ext:pos:散客')).toBe(300 + 400 * 100);
  expect(ledgerFaults(shop.db)).toEqual([]);
});
