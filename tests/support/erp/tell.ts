/** A vendor tells the shop something: what is answered, what is kept, and what it is understood as. */
import { sources, type Source } from '../../../schema/index.ts';
import { insertSet } from '../../../workers/db/set.ts';
import type { Normalised } from '../../../workers/engine/engine.ts';
import { adapterNamed } from '../../../workers/receive/erp/index.ts';
import { receiveErp } from '../../../workers/receive/hook.ts';
import { inboxRows, openShop, type Shop } from '../shop.ts';
import { fixturesOf, requestOf, rowOf, sourceOf, type Fixture } from './fixtures.ts';

export const now = Date.parse('2026-11-22T15:00:00+08:00');

export function fixture(adapter: string, name: string): Fixture {
  const found = fixturesOf(adapter).find((known) => known.name === name);
  if (!found) throw new Error(`no fixture ${adapter}/${name}`);
  return found;
}

/** The same delivery with some of its text replaced; each replacement must be there. */
export function changed(from: Fixture, ...replacements: readonly (readonly [string, string])[]): Fixture {
  let { text } = from;
  for (const [old, fresh] of replacements) {
    if (!text.includes(old)) throw new Error(`${from.adapter}/${from.name} does not contain ${old}`);
    text = text.replaceAll(old, fresh);
  }
  return { ...from, text };
}

export async function shopOf(...given: readonly Source[]): Promise<Shop> {
  const shop = await openShop();
  await shop.db.batch([insertSet(sources, given)]);
  return shop;
}

export type Kept = {
  readonly senderId: string;
  readonly type: string;
  readonly body: string;
  readonly normalised: Normalised;
};

/** Sent once, to a shop that knows this vendor and nothing else. */
export async function tell(
  given: Fixture,
): Promise<{ status: number; answer: string; kept: readonly Kept[] }> {
  const source = sourceOf(given);
  const shop = await shopOf(source);
  const response = await receiveErp(shop.receiver, requestOf(given, { now }), source.id);
  const rows = inboxRows(shop.db);
  const adapter = adapterNamed(given.adapter);
  if (!adapter) throw new Error(`no adapter ${given.adapter}`);
  const kept = rows.map(({ senderId, type, body }) => {
    const raw = { senderId, type, body };
    return { ...raw, normalised: adapter.normalise(rowOf(raw), source) };
  });
  return { status: response.status, answer: await response.text(), kept };
}

/** The one event of a delivery, as it was understood. */
export async function understood(given: Fixture): Promise<Normalised> {
  const { kept, answer } = await tell(given);
  const [only] = kept;
  if (!only || kept.length > 1) throw new Error(`${kept.length} events were kept: ${answer}`);
  return only.normalised;
}
