/** 群发分页: who is on the next call, who has had their four, and nobody who is left out of all calls. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthOf, planPage, type Candidate } from '../../../workers/decide/fans/mass.ts';
import { at } from '../../support/builders.ts';

const people = (count: number, sent = 0): Candidate[] =>
  Array.from({ length: count }, (_, index) => ({ openid: `o${String(index).padStart(3, '0')}`, sent }));
const plan = (candidates: readonly Candidate[], pageMax = 10) =>
  planPage(candidates, { cursor: '', pageMax });

test('seven followers are one page, and that is everybody', () => {
  expect(plan(people(7))).toEqual({
    openids: people(7).map(({ openid }) => openid),
    lone: null,
    overLimit: 0,
    cursor: 'o006',
    isListed: true,
  });
});

test('eleven followers are nine and two: the last one would have been alone', () => {
  const { openids, cursor, isListed } = plan(people(11));
  expect([openids.length, cursor, isListed]).toEqual([9, 'o008', false]);
});

test('who has had four this month is passed over, and counted', () => {
  const candidates = people(6).map((one, index) => ({ ...one, sent: index % 3 === 0 ? 4 : 3 }));
  expect(plan(candidates)).toMatchObject({ openids: ['o001', 'o002', 'o004', 'o005'], overLimit: 2 });
});

test('one alone is nobody’s page', () => {
  expect(plan(people(1))).toMatchObject({ openids: [], lone: 'o000', isListed: true });
});

test('nobody is nothing to send, and the end', () => {
  expect(planPage([], { cursor: 'o9', pageMax: 10 })).toEqual({
    openids: [],
    lone: null,
    overLimit: 0,
    cursor: 'o9',
    isListed: true,
  });
});

test('whoever they are, everybody is on exactly one page, alone, or over the limit', () => {
  const sent = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 });
  fc.assert(
    fc.property(sent, fc.integer({ min: 3, max: 12 }), (counts, pageMax) => {
      const all = counts.map((count, index) => ({
        openid: `o${String(index).padStart(3, '0')}`,
        sent: count,
      }));
      const met: string[] = [];
      let [cursor, overLimit, isListed] = ['', 0, false];
      for (let pages = 0; !isListed && pages < 100; pages += 1) {
        const after = cursor;
        const next = all.filter(({ openid }) => openid > after).slice(0, pageMax + 1);
        const page = planPage(next, { cursor, pageMax });
        expect(page.openids.length).not.toBe(1);
        expect(page.openids.length).toBeLessThanOrEqual(pageMax);
        met.push(...page.openids, ...(page.lone === null ? [] : [page.lone]));
        overLimit += page.overLimit;
        ({ cursor, isListed } = page);
      }
      expect(met).toEqual(all.filter((one) => one.sent < 4).map(({ openid }) => openid));
      expect(overLimit).toBe(all.filter((one) => one.sent === 4).length);
    }),
  );
});

test('months are those of Shanghai', () => {
  expect([monthOf(at('2026-11-30 23:59')), monthOf(at('2026-12-01 00:00'))]).toEqual(['2026-11', '2026-12']);
});
