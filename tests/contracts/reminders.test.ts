/** What every reminder kind promises to the plans that use it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import type { PlanId } from '../../schema/index.ts';
import type { Change } from '../../workers/decide/reminders/define.ts';
import { reminderKinds } from '../../workers/decide/reminders/index.ts';
import { at, line } from '../support/builders.ts';
import { fileOf, forgotten } from '../support/registry.ts';
import { mother, settled, useStages } from '../support/reminding.ts';

const folder = 'workers/decide/reminders';
const identity = { id: 'plan' as PlanId };
const day = /^\d{4}-\d{2}-\d{2}$/;

/** An ordinary day: a mother buys three tins, and what is known of her is told. */
const changes: readonly Change[] = [
  settled({ at: '2026-11-01 14:00', lines: [line({ quantity: '3', amountFen: 30_000 })] }),
  { type: 'member.put', member: mother(), at: at('2026-11-01 14:00'), on: '2026-11-01', useStages },
];

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, reminderKinds)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(reminderKinds.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(reminderKinds.map(({ kind }) => kind)).size).toBe(reminderKinds.length);
});

describe.each(reminderKinds)('$kind', (kind) => {
  const { label, params, example, compile } = kind;
  const parsed = params.parse(example) as { readonly kind: string } & Record<string, unknown>;
  const mattersOf = () => changes.flatMap((change) => kind.from(change, []));

  test('has a Chinese label, and its example says which kind it is', () => {
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(parsed.kind).toBe(kind.kind);
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

  test('finds something to remind of in an ordinary day, the same twice, and nothing in what it does not follow', () => {
    expect(mattersOf()).not.toEqual([]);
    expect(mattersOf()).toEqual(mattersOf());
    const deafTo = changes.filter(({ type }) => !kind.follows.includes(type));
    expect(deafTo.flatMap((change) => kind.from(change, []))).toEqual([]);
  });

  test('has a day for it, under the plan of its example', () => {
    const plan = compile(identity, example);
    for (const matter of mattersOf()) {
      expect(plan.covers(matter)).toBe(true);
      const schedule = plan.schedule(matter);
      expect(schedule?.remindOn).toMatch(day);
      expect(schedule?.next === undefined || schedule.next.remindOn > schedule.remindOn).toBe(true);
      // What is kept is JSON, and comes back as it was.
      expect(JSON.parse(JSON.stringify(schedule?.basis))).toEqual(schedule?.basis);
    }
  });

  test.each([
    ['has not begun', { validFrom: '2026-11-01T14:00:01+08:00' }],
    ['is over', { validTo: '2026-11-01T14:00:00+08:00' }],
  ])('is not meant by a plan that %s', (_, limits) => {
    const plan = compile(identity, { ...parsed, ...limits });
    expect(mattersOf().some((matter) => plan.covers(matter))).toBe(false);
  });

  test('tells both recipients in Chinese, with everything filled in', () => {
    const [matter] = mattersOf();
    const basis = matter && compile(identity, example).schedule(matter)?.basis;
    const slots = { member: '李', store: '天河店', ...kind.slots(kind.facts(matter?.subject ?? '', basis)) };
    expect(Object.values(slots).filter((slot) => slot === '')).toEqual([]);
    for (const { tip, text } of Object.values(kind.words)) {
      expect(tip).toMatch(/\p{Script=Han}/u);
      expect(text(slots)).toMatch(/\p{Script=Han}/u);
      expect(text(slots)).not.toContain('undefined');
    }
  });
});
