/** 数据来源: the systems that may send, cached so that a bad signature never reaches the database. */
import { sources, type Source } from '../../schema/index.ts';
import { rowsAt, statement, type Db } from './db.ts';
import { decodeAll, selectList } from './set.ts';

/** A new source, or a new secret, is known everywhere after this long. */
const refreshMs = 30_000;

export type SourceCache = {
  /** Null when nobody registered it. */
  readonly get: (id: string, now: number) => Promise<Source | null>;
  /** As cached however old, read only when it is not there. */
  readonly known: (id: string) => Promise<Source | null>;
  /** What is cached, without asking anyone. */
  readonly peek: (id: string) => Source | null;
};

export function sourceCache(db: Db): SourceCache {
  let cached: ReadonlyMap<string, Source> | null = null;
  let readAt = 0;
  const read = async (now: number): Promise<ReadonlyMap<string, Source>> => {
    const results = await db.batch([statement(`SELECT ${selectList(sources, 't')} FROM sources AS t`)]);
    cached = new Map(decodeAll(sources, rowsAt(results, 0)).map((source) => [source.id, source]));
    readAt = now;
    return cached;
  };
  return {
    peek: (id) => cached?.get(id) ?? null,
    get: async (id, now) => {
      const all = cached === null || now - readAt > refreshMs ? await read(now) : cached;
      return all.get(id) ?? null;
    },
    known: async (id) => cached?.get(id) ?? (await read(readAt)).get(id) ?? null,
  };
}

/** Secrets that still verify: while one is rotated, two do. */
export const activeSecrets = ({ secrets }: Source, now: number): string[] =>
  secrets.filter(({ validTo }) => validTo === null || now < validTo).map(({ secret }) => secret);
