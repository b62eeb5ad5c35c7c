/** 没办成的说法 by the code of a refusal and its numbers, for faces that have nothing else. */
import type { PackageMiss, StoredMiss, SuperMiss, VoucherMiss } from '../../../schema/index.ts';
import type { ExchangeNot } from '../../decide/money/exchanges.ts';
import { exchangeMissWords } from './exchange-misses.ts';
import { packageMissWords } from './package-misses.ts';
import { storedMissWords } from './stored-misses.ts';
import { superMissWords } from './super-misses.ts';
import { voucherMissWords } from './voucher-misses.ts';

/** Of a voucher that is not sold, or not paid back. */
export const ofVouchers = (reason: VoucherMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  voucherMissWords({ reason, ...numbers } as VoucherMiss);

/** Of points that are not exchanged, or of an exchange that is not undone. */
export const ofExchanges =
  (why: { reason: string } | { code: string }) => (numbers: Readonly<Record<string, number>>) =>
    exchangeMissWords({ ...why, ...numbers } as ExchangeNot);

export const ofStored = (reason: StoredMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  storedMissWords({ reason, ...numbers } as StoredMiss);

export const superReasons = [
  'UNKNOWN_PLAN',
  'NUMBER_TAKEN',
  'TOO_FAR',
  'UNKNOWN_MEMBERSHIP',
  'ENDED',
  'NO_REFUND',
  'REFUND_CLOSED',
  'ALREADY_USED',
  'OVER',
  'UNDO_CLOSED',
] as const satisfies readonly SuperMiss['reason'][];
export const ofSuper = (reason: SuperMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  superMissWords({ reason, ...numbers } as SuperMiss);

export const ofPackages = (reason: PackageMiss['reason']) => (numbers: Readonly<Record<string, number>>) =>
  packageMissWords({ reason, ...numbers } as PackageMiss);
