/** 事件要看什么: an event asks by name, and a group reads what its events asked for together, and nothing else. */
import { expect, test } from 'vitest';
import { EventId, type DomainEvent, type MemberId, type PlanId, type SaleId } from '../../schema/index.ts';
import { needsOf } from '../../workers/decide/decide.ts';
import { line, sale } from '../support/builders.ts';
import { generic } from './as-domain.ts';

const told = { id: EventId.parse('ev_1'), namespace: 'pos', occurredAt: 0 };

/** Only what was asked for, as lists. */
function asked(...events: DomainEvent[]) {
  const { asked: rows, since: _, ...needs } = needsOf(events);
  const named = Object.entries({ ...needs, ...rows }).map(
    ([name, value]) => [name, typeof value === 'boolean' ? value : [...value]] as const,
  );
  return Object.fromEntries(
    named.filter(([, value]) => value !== false && (value === true || value.length > 0)),
  );
}

test('two sales of one member and one article ask for the member and the article once, and draw two seeds', () => {
  const bought = { member: { externalId: 'M1' }, lines: [line({ sku: 'A' })] };
  const [first, second] = [sale({ orderNo: '1', ...bought }), sale({ orderNo: '2', ...bought })];
  expect(asked(generic(first), generic(second))).toEqual({
    identities: ['ext:pos:M1'],
    sales: ['pos:1', 'pos:2'],
    awaited: ['pos:1', 'pos:2'],
    products: ['A'],
    seeds: ['pos:1', 'pos:2'],
  });
});

test('a sale that is made void asks for its past; a reminder asks for its member and article', () => {
  expect(asked({ ...told, type: 'sale.voided', saleId: 'pos:1' as SaleId })).toEqual({
    sales: ['pos:1'],
    couponsFor: ['sale:pos:1'],
    pointSpends: ['sale:pos:1'],
    seeds: ['pos:1'],
    isDeep: true,
  });
  const due = {
    type: 'reminder.due',
    memberId: 'm_1' as MemberId,
    planId: 'plan' as PlanId,
    kind: 'run-out',
    subject: 'A',
  } as const;
  expect(asked({ ...told, ...due })).toEqual({ members: ['m_1'], products: ['A'], seeds: ['ev_1'] });
});

test('whoever scans the code of associate 12 is looked up with the code and the associate', () => {
  expect(asked({ ...told, type: 'fan.scanned', openid: 'o_1', scene: 'adv_12' })).toEqual({
    fans: ['o_1'],
    identities: ['openid:o_1'],
    scenes: ['adv_12'],
    associates: ['12'],
    seeds: ['ev_1'],
  });
});

test('a ping asks for nothing', () => {
  expect(asked({ ...told, type: 'ping' })).toEqual({ seeds: ['ev_1'] });
});
