/** What every reward kind promises to the campaigns that use it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { isNothing } from '../../workers/decide/awards/define.ts';
import { awardOf } from '../../workers/decide/awards/index.ts';
import { CampaignInput } from '../../workers/decide/campaigns/campaigns.ts';
import { rewards } from '../../workers/decide/rewards/index.ts';
import { cpuMsOf } from '../support/cpu.ts';
import { fileOf, forgotten, spoilt } from '../support/registry.ts';

const folder = 'workers/decide/rewards';

test('every file of the folder is in the list, and every kind has its file', async () => {
  expect(await forgotten(folder, rewards)).toEqual([]);
  const files = readdirSync(join(import.meta.dirname, '../..', folder));
  expect(rewards.map(({ kind }) => fileOf(kind)).filter((file) => !files.includes(file))).toEqual([]);
  expect(new Set(rewards.map(({ kind }) => kind)).size).toBe(rewards.length);
});

/** However deep they lie. */
const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

describe.each(rewards)('$kind', ({ kind, label, params, example, compile }) => {
  const parsed = params.parse(example) as { readonly kind: string };
  /** Draws the middle, and remembers under which labels. */
  const drawing = (labels: string[]) => (name: string, min: number, max: number) => {
    labels.push(name);
    return Math.floor((min + max) / 2);
  };

  test('has a Chinese label, and its example says which kind it is', () => {
    expect(label).toMatch(/\p{Script=Han}/u);
    expect(parsed.kind).toBe(kind);
  });

  test('its example stands in a campaign', () => {
    expect(CampaignInput.safeParse({ name: 'x', rewards: [example] }).success).toBe(true);
  });

  test.each(spoilt(parsed))('names the field $field when it is wrong', ({ field, params: wrong }) => {
    const { error } = params.safeParse(wrong);
    expect(error?.issues.some(({ path }) => (path[0] ?? '') === field)).toBe(true);
  });

  test('shows its parameters as a form', () => {
    expect(z.toJSONSchema(params, { io: 'input' })).toMatchObject({ type: 'object' });
  });

  test('gives the same for the same draws, and never draws twice under one label', () => {
    const [first, second]: [string[], string[]] = [[], []];
    const one = compile(example, 0).award({ times: 3, draw: drawing(first) });
    const other = compile(example, 0).award({ times: 3, draw: drawing(second) });
    expect(other).toEqual(one);
    expect([second, new Set(first).size]).toEqual([first, first.length]);
  });

  test('comes to awards that are known, each in the form in which it is due', () => {
    const given = Object.entries(compile(example, 0).award({ times: 2, draw: drawing([]) }));
    expect(given.map(([kind, amount]) => [kind, awardOf(kind).due.parse(amount)])).toEqual(given);
    expect(given.filter(([, amount]) => isNothing(amount))).toEqual([]);
  });

  test('in another seat of the same campaign draws under other labels', () => {
    const [first, second]: [string[], string[]] = [[], []];
    compile(example, 0).award({ times: 1, draw: drawing(first) });
    compile(example, 1).award({ times: 1, draw: drawing(second) });
    expect(first.filter((name) => second.includes(name))).toEqual([]);
  });

  test('a million times over is still given in a moment, in whole numbers', () => {
    const give = () => compile(example, 0).award({ times: 1_000_000, draw: drawing([]) });
    expect(cpuMsOf(give)).toBeLessThan(100);
    const award = give();
    const numbers = numbersIn(award);
    expect(numbers.every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true);
  });
});
