/** What everything that campaigns start with promises: it gives once, within the limits, says why not, and can be taken back. */
import { describe, expect, test } from 'vitest';
import { predicates } from '../../workers/decide/predicates/index.ts';
import { lacking } from '../../workers/decide/predicates/define.ts';
import { triggers } from '../../workers/decide/triggers/index.ts';
import { campaignWords } from '../../workers/pages/console/words/forms/promotions/campaign.ts';
import { wholeDocument } from '../../workers/api/openapi/files.ts';
import { causeWords } from '../../workers/words/causes.ts';
import { line, sale } from '../support/builders.ts';
import { forgotten } from '../support/registry.ts';
import { takenBackOf } from '../support/taking-back.ts';
import { draw, idOf, openTriggers, stories, used, type Here } from '../support/triggers.ts';

test('every file of the folder is in the list, each of its own kind and under a word of its own', async () => {
  expect(await forgotten('workers/decide/triggers', triggers)).toEqual([]);
  for (const name of ['kind', 'word'] as const)
    expect(new Set(triggers.map((trigger) => trigger[name])).size).toBe(triggers.length);
});

const document = JSON.stringify(wholeDocument());
const saleData = sale({ orderNo: 'T1', lines: [line({ amountFen: 20_000 })] }).data;

describe.each(triggers)('$kind', ({ kind, label, word, gift, brings, once }) => {
  const { happen, again, facts } = stories[kind];
  const tried = async (here: Here, id: string): Promise<unknown> => {
    const happening = { memberId: idOf(here, 'A'), ...facts };
    const body = kind === 'sale.completed' ? { sale: saleData } : { happening };
    const { json } = await here.admin('POST', `/campaigns/${id}/simulate`, { body });
    return json['reason'] ?? json['hit'];
  };

  test('is offered by the form and by the API, in the words of the merchant', async () => {
    expect(campaignWords['trigger']?.values?.[kind]).toBe(label);
    for (const said of [label, gift]) expect(said).toMatch(/\p{Script=Han}/u);
    expect(causeWords(`${word}:x/campaign:c_1`)).toBe(gift);
    expect(document).toContain(`"${kind}"`);
  });

  test('gives once, and again gives nothing', async () => {
    const here = await openTriggers();
    const id = await draw(here, kind);
    await happen(here, 'A');
    const once = await used(here, id);
    expect(Number(once)).toBeGreaterThanOrEqual(1);
    await again(here, 'A');
    expect(await used(here, id)).toBe(once);
  });

  test('a store and a level that are asked for count', async () => {
    const here = await openTriggers();
    const ids = [
      await draw(here, kind, { stores: ['nowhere'] }),
      await draw(here, kind, { levels: ['钻石'] }),
    ];
    expect([await tried(here, ids[0] ?? ''), await tried(here, ids[1] ?? '')]).toEqual(['store', 'level']);
    await happen(here, 'A');
    expect(await Promise.all(ids.map((id) => used(here, id)))).toEqual([0, 0]);
  });

  test('refuses a condition that looks at what it does not bring, and names the way out', async () => {
    const here = await openTriggers();
    for (const predicate of predicates) {
      const body = {
        name: 'x',
        trigger: kind,
        conditions: [...(stories[kind].conditions ?? []), predicate.example],
        limits: { perMember: 1 },
        rewards: [{ kind: 'points', points: 1 }],
      };
      const { status, json } = await here.admin('POST', '/campaigns', { body });
      const lacks = lacking(predicate, { brings });
      if (lacks === undefined) expect(status).toBe(201);
      else expect([status, String(json['detail'])]).toEqual([422, expect.stringContaining(`needs ${lacks}`)]);
    }
  });

  test('gives no more than a total limit, whoever comes', async () => {
    const here = await openTriggers();
    const id = await draw(here, kind, { limits: { total: 1, perMember: 5 } });
    await happen(here, 'A');
    await happen(here, 'B');
    expect(await used(here, id)).toBe(1);
    if (once === undefined) expect(await tried(here, id)).toBe('limit');
  });

  test('a trial says that it would be given, and afterwards, where it is given once, that it was', async () => {
    const here = await openTriggers();
    const id = await draw(here, kind);
    if (kind !== 'level.reached') expect(await tried(here, id)).toBe(true);
    await happen(here, 'A');
    if (once !== undefined) expect(await tried(here, id)).toBe('given-before');
  });

  test('is taken back with its campaign', async () => {
    const here = await openTriggers();
    const id = await draw(here, kind);
    await happen(here, 'A');
    await takenBackOf(here.shop, id);
    expect(await used(here, id)).toBe(0);
  });
});

const withOwn = triggers.flatMap(({ kind }) => {
  const { own } = stories[kind];
  return own ? [{ kind, own }] : [];
});
test.each(withOwn)('$kind is met by what it alone brings, and by nothing else', async ({ kind, own }) => {
  const here = await openTriggers();
  const met = await draw(here, kind, { conditions: [own.met] });
  const missed = await draw(here, kind, { conditions: [own.missed] });
  await stories[kind].happen(here, 'A');
  expect([await used(here, met), await used(here, missed)]).toEqual([1, 0]);
});

test.each(triggers.filter(({ reversedBy }) => reversedBy))(
  '$kind is undone by $reversedBy, which takes back what was given',
  async ({ kind }) => {
    const here = await openTriggers();
    const id = await draw(here, kind);
    const { happen, undo } = stories[kind];
    await happen(here, 'A');
    expect(await used(here, id)).toBe(1);
    await undo?.(here, 'A');
    expect(await used(here, id)).toBe(0);
  },
);

test.each(triggers.filter(({ asks }) => asks))(
  '$kind cannot be without a condition of kind $asks, nor without saying how often',
  async ({ kind, asks }) => {
    const here = await openTriggers();
    const body = { name: 'x', trigger: kind, rewards: [{ kind: 'points', points: 1 }] };
    const { status, json } = await here.admin('POST', '/campaigns', { body });
    expect(status).toBe(422);
    const said = JSON.stringify(json);
    for (const part of [`condition of kind ${asks}`, 'limits.perMember']) expect(said).toContain(part);
  },
);
