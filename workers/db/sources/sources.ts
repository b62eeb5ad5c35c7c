/** 数据来源: the systems that may send, cached so that a bad signature never reaches the database. */
import { sources, type Source } from '../../../schema/index.ts';
import { withTimeout } from '../../platform/timeout.ts';
import { rowsAt, statement, type Db } from '../db.ts';
import { decodeAll, selectList } from '../set.ts';

/** A changed secret is known in every isolate after this long and one more request. */
const staleAfterMs = 30_000;
/** An unknown name is looked up again, but at most this often. */
const unknownAgainMs = 5_000;
const readTimeoutMs = 1_200;

export type SourceCache = {
  /** Null when it is not registered. Answers from the cache, however old, while it is reloaded. */
  readonly get: (id: string, now: number) => Promise<Source | null>;
  /** As cached, read only when it is not there. */
  readonly known: (id: string) => Promise<Source | null>;
  /** Reloads all sources; when that fails, the cached ones stay. */
  readonly renew: () => Promise<void>;
  /** The same, if what is cached is half a minute old: how an isolate without requests learns of changes. */
  readonly renewOld: () => Promise<void>;
};

export function sourceCache(db: Db, clock: () => number = Date.now): SourceCache {
  let cached: ReadonlyMap<string, Source> | null = null;
  let readAt = 0;
  /** By our own clock: whoever asks without a request has no other. */
  let renewedAt = 0;
  const read = async (now: number): Promise<ReadonlyMap<string, Source>> => {
    const select = statement(`SELECT ${selectList(sources, 't')} FROM sources AS t`);
    const results = await withTimeout(db.batch([select]), readTimeoutMs);
    cached = new Map(decodeAll(sources, rowsAt(results, 0)).map((source) => [source.id, source]));
    readAt = now;
    renewedAt = clock();
    return cached;
  };
  const refresh = async (now: number): Promise<void> => {
    try {
      await read(now);
    } catch {
      // The cached secrets still verify; the next request tries again.
    }
  };
  return {
    get: async (id, now) => {
      const source = cached?.get(id);
      if (source === undefined) {
        const isFresh = cached !== null && now - readAt < unknownAgainMs;
        return isFresh ? null : ((await read(now)).get(id) ?? null);
      }
      if (now - readAt > staleAfterMs) void refresh(now);
      return source;
    },
    known: async (id) => cached?.get(id) ?? (await read(readAt)).get(id) ?? null,
    renew: () => refresh(readAt),
    renewOld: async () => {
      if (cached !== null && clock() - renewedAt > staleAfterMs) await refresh(readAt);
    },
  };
}

/** Secrets that still verify: while one is rotated, two do. */
export const activeSecrets = ({ secrets }: Source, now: number): string[] =>
  secrets.filter(({ validTo }) => validTo === null || now < validTo).map(({ secret }) => secret);
