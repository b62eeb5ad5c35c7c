/** A vendor changes its mind: whatever stands in whatever field, an adapter answers with an event or a reason, and never fails. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../schema/index.ts';
import { adapterNamed } from '../../../workers/receive/erp/index.ts';
import { fixtureFolders, fixturesOf, rowOf, sourceOf } from '../../support/erp/fixtures.ts';
import { tell } from '../../support/erp/tell.ts';

const junk = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.005,
  1e21,
  '',
  ' ',
  '9e99',
  'NaN',
  '0000-00-00',
  '２０２６',
  '"',
  'x'.repeat(300),
  [],
  {},
  [[]],
  [null],
  { id: {} },
  [{ a: 1 }],
);

/** Every place in a document, as a path. */
function placesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))];
}

function withJunk(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((inner, place) => (String(place) === key ? withJunk(inner, rest, put) : inner));
  return { ...Object(value), [key]: withJunk(Reflect.get(Object(value), key), rest, put) };
}

describe.each(fixtureFolders())('%s', (name) => {
  test('reads its own documents with junk in them without failing, and lets no half-read amount through', async () => {
    const adapter = adapterNamed(name);
    if (!adapter) throw new Error(`no adapter ${name}`);
    const documents: { readonly source: Source; readonly type: string; readonly body: unknown }[] = [];
    for (const fixture of fixturesOf(name)) {
      const source = sourceOf(fixture);
      for (const { type, body } of (await tell(fixture)).kept)
        documents.push({ source, type, body: JSON.parse(body) as unknown });
    }
    fc.assert(
      fc.property(fc.nat(), fc.nat(), junk, (which, where, put) => {
        const document = documents[which % documents.length];
        if (!document) return;
        const places = placesOf(document.body);
        const body = JSON.stringify(withJunk(document.body, places[where % places.length] ?? [], put));
        const made = adapter.normalise(rowOf({ senderId: 'x', type: document.type, body }), document.source);
        const kinds = Object.keys(made).filter((key) => key !== 'unreadPhones');
        expect(kinds).toHaveLength(1);
        expect(['event', 'ignored', 'parked']).toContain(kinds[0]);
        if (!('event' in made)) return;
        expect(JSON.stringify(made.event)).not.toMatch(/Fen":(-?\d+\.\d|null|"|NaN)|undefined/);
      }),
      { numRuns: 300 },
    );
  });
});
