/** What every reminder kind promises to the plans that use it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import type { Lot, PlanId } from '../../schema/index.ts';
import { reminderKinds } from '../../workers/decide/reminders/index.ts';
import { fileOf, forgotten } from '../support/registry.ts';

const folder = 'workers/decide/reminders';
const identity = { id: 'plan' as PlanId, createdAt: 1 };
const lot = (boughtOn: string): Lot => ({
  saleId: 'pos:1' as Lot['saleId'],
  boughtOn,
  boughtAt: 0,
  quantityMilli: 3000,
});

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, reminderKinds)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(reminderKinds.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(reminderKinds.map(({ kind }) => kind)).size).toBe(reminderKinds.length);
});

describe.each(reminderKinds)('$kind', ({ kind, label, params, example, compile }) => {
  const parsed = params.parse(example) as { readonly kind: string } & Record<string, unknown>;

  test('has a Chinese label, and its example says which kind it is', () => {
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(parsed.kind).toBe(kind);
  });

  test.each(Object.keys(parsed).filter((field) => field !== 'kind'))(
    'names the field %s when it is wrong',
    (field) => {
      const { error } = params.safeParse({ ...parsed, [field]: Symbol.for('not JSON') });
      expect(error?.issues.some(({ path }) => path[0] === field)).toBe(true);
    },
  );

  test('refuses what it does not know', () => {
    expect(params.safeParse({ ...parsed, somethingElse: 1 }).success).toBe(false);
  });

  test('shows its parameters as a form', () => {
    expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test('says the same twice, nothing for nothing, and never reminds after the end', () => {
    const [one, other] = [compile(identity, example), compile(identity, example)];
    const lots = [lot('2026-11-01'), lot('2026-11-05')];
    const schedule = one.schedule(lots);
    expect(other.schedule(lots)).toEqual(schedule);
    expect(one.schedule([])).toBe(null);
    expect(schedule && schedule.remindOn <= schedule.endsOn).toBe(true);
  });

  test('more of it lasts longer', () => {
    const { schedule } = compile(identity, example);
    const [less, more] = [schedule([lot('2026-11-01')]), schedule([lot('2026-11-01'), lot('2026-11-01')])];
    expect((less?.endsOn ?? '') < (more?.endsOn ?? '')).toBe(true);
  });
});
