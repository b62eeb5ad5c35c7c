/** Where a request holds a signature or a signed value. */
import * as z from 'zod';
import { readJsonFields, readQuery, type JsonFields } from './content.ts';
import type { SignedRequest } from '../define.ts';

export const Place = z.union(
  [
    z.strictObject({ header: z.string().regex(/^[A-Za-z0-9-]{1,128}$/) }),
    z.strictObject({ query: z.string().min(1).max(64) }),
    /** At the top of a JSON body; numbers in their own digits. */
    z.strictObject({ field: z.string().min(1).max(64) }),
  ],
  'is one of {"header": …}, {"query": …} and {"field": …}',
);
export type Place = z.infer<typeof Place>;

export type Reader = {
  /** Null when it is not there, or not a plain value. */
  readonly at: (place: Place) => string | null;
  readonly json: () => JsonFields | null;
};

/** Senders that sign inside the body send small bodies; a stranger's megabyte is not parsed to look for a signature. */
const jsonBytesMax = 262_144;

/** Reads the body as JSON only if something is looked for in it. */
export function readerOf({ headers, query, body }: SignedRequest): Reader {
  let fields: JsonFields | null | undefined;
  let values: ReadonlyMap<string, string> | null | undefined;
  const json = (): JsonFields | null => {
    if (fields === undefined) fields = body.length > jsonBytesMax ? null : readJsonFields(body);
    return fields;
  };
  return {
    json,
    at: (place) => {
      if ('header' in place) return headers.get(place.header);
      if ('field' in place) return json()?.get(place.field) ?? null;
      if (values === undefined) values = readQuery(query);
      return values?.get(place.query) ?? null;
    },
  };
}

export const nameOf = (place: Place): string =>
  'header' in place ? place.header : 'query' in place ? place.query : place.field;
