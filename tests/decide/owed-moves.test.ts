/** 变动: every cause for which an account moves stands in the books as what it was, and is said to people in words of its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OwedAccount, OwedMove } from '../../schema/index.ts';
import { triggers } from '../../workers/decide/triggers/index.ts';
import { moveOf } from '../../workers/decide/owed/moves.ts';
import { causeWords } from '../../workers/words/causes.ts';
import { root } from '../../scripts/runtime.ts';

type Row = readonly [account: OwedAccount, cause: string, delta: number, move: OwedMove];

const rows: readonly Row[] = [
  ['points', 'sale:pos:1', 10, 'earned'],
  ['points', 'sale:pos:1@2', -10, 'taken-back'],
  ['points', 'refund:pos:1/R1', -10, 'taken-back'],
  ['points', 'void:pos:1', -10, 'taken-back'],
  ['points', 'check-in:2026-11-22', 5, 'earned'],
  ['points', 'spent:ev_1', -5, 'spent'],
  ['points', 'exchange:ev_1', -5, 'spent'],
  ['points', 'exchange-undone:x_1', 5, 'back'],
  ['points', 'draw:d_1', -100, 'spent'],
  ['points', 'draw-won:d_1', 300, 'earned'],
  ['points', 'points-paid:sale:pos:1', -300, 'spent'],
  ['points', 'points-paid:cart:pos:1@2', -300, 'spent'],
  ['points', 'points-back:sale:pos:1', 300, 'back'],
  ['points', 'points-back:refund:pos:1/R1', 300, 'back'],
  ['points', 'points-back:void:pos:1', 300, 'back'],
  ['points', 'points-over:2026-11-22', -5, 'expired'],
  ['points', 'correction:ev_1', 5, 'corrected'],
  ['points', 'correction:ev_1', -5, 'corrected'],
  ['points', 'opening:ev_1', 5, 'put-in'],
  ['points', 'forgotten:m_1', -5, 'expired'],
  ['points', 'merge:m_1/m_2', -5, 'moved'],
  ['points', 'split:m_1/m_2', 5, 'moved'],
  ['points', 'takeback:c_1/sale:pos:1', -5, 'taken-back'],
  ['wallet', 'takeback:c_1/top-up:pos:1', -5, 'taken-back'],
  ['wallet', 'withdrawal:b_1', -500, 'paid-out'],
  ['wallet', 'withdrawal:b_1/failed', 500, 'back'],
  ['wallet', 'recall:b_1', -500, 'taken-back'],
  ['wallet', 'referral:m_2', 200, 'earned'],
  ['wallet', 'commission:m_2', 50, 'earned'],
  ['wallet', 'commission:m_2', -50, 'taken-back'],
  ['principal', 'recharge:pos:1', 500, 'put-in'],
  ['bonus', 'stored:opened:ev_1', 500, 'put-in'],
  ['principal', 'stored:spent:pos:1', -500, 'spent'],
  ['principal', 'stored:refunded:pos:1', 500, 'back'],
  ['principal', 'stored:reversed:pos:1', -500, 'taken-back'],
  ['points', 'stored:reversed:pos:1/campaign:c_1', -5, 'taken-back'],
  ['principal', 'stored:cashed-out:pos:1', -500, 'paid-out'],
  ['principal', 'stored:corrected:pos:m_1/1', 500, 'corrected'],
  ['bonus', 'stored:corrected:by-hand:1', -500, 'corrected'],
  ['prepaid', 'voucher:pos:Y1', 1_000, 'put-in'],
  ['prepaid', 'voucher:pos:Y1', -1_000, 'paid-out'],
  ['prepaid', 'voucher-over:1', -1_000, 'expired'],
  ['prepaid', 'sale:pos:1', -1_000, 'spent'],
  ['prepaid', 'cart:pos:1', -1_000, 'spent'],
  ['prepaid', 'refund:pos:1/R1', 1_000, 'back'],
  ['prepaid', 'void:pos:1', 1_000, 'back'],
  ['prepaid', 'revoke:ev_1', -1_000, 'taken-back'],
  ['prepaid', 'pass:p_1', -1_000, 'moved'],
  ['prepaid', 'package:pos:TC1', 45_000, 'put-in'],
  ['prepaid', 'package-used:pos:HX1', -15_000, 'spent'],
  ['prepaid', 'package-back:pos:HX1', 15_000, 'back'],
  ['prepaid', 'package-refund:package:pos:TC1', -30_000, 'paid-out'],
  ['points', 'package-refund:package:pos:TC1/campaign:c_1', -5, 'taken-back'],
  ['prepaid', 'forgotten:m_1', -1_000, 'expired'],
  ...triggers.flatMap(({ word }): Row[] => [
    ['points', `${word}:m_1/campaign:c_1`, 5, 'earned'],
    ['wallet', `${word}:m_1/campaign:c_1`, 5, 'earned'],
  ]),
];

test.each(rows)('on %s, %s of %i is %s', (account, cause, delta, move) => {
  expect(moveOf({ account, cause, delta })).toBe(move);
});

test.each(rows)('on %s, %s of %i has words of its own', (_, cause) => {
  expect(causeWords(cause)).not.toBe(causeWords('of-nothing:1'));
});

/** What moves no account: messages, coupons that cost nothing, and what is only compared. */
const others = ['claim', 'grant', 'points-ending'];

test('there is no cause in the code that does not stand above', () => {
  const folder = join(root, 'workers/decide');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/[cC]ause\b[^`;\n]*`([a-z][a-z-]*):/g),
    ])
    .map(([, word]) => word ?? '');
  const known = [...rows.map(([, cause]) => cause.slice(0, cause.indexOf(':'))), ...others];
  expect(found.length).toBeGreaterThan(20);
  expect([...new Set(found)].filter((word) => !known.includes(word))).toEqual([]);
});
