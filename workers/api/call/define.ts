/** What a call of the API has to say for itself: enough to serve it, and to describe it in the OpenAPI document. */
import * as z from 'zod';
import type { TokenScope } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import type { KeptResponse, RequestKey } from '../../db/shop/idempotency.ts';
import type { Token } from '../../db/shop/tokens.ts';
import type { Clock, Doorbell } from '../../engine/ports.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Finding } from '../account/diagnose.ts';
import { check } from './check.ts';
import type { Files } from '../events/files.ts';
import type { Labs } from '../labs/lab-ports.ts';
import type { OfficialAccount } from '../account/official-account.ts';
import type { Polls, Senders } from '../../commands/sources/sender-ports.ts';

export type ApiDeps = {
  readonly db: Db;
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  /** What a source may be, and how it is spoken with; without it, none is registered. */
  readonly senders?: Senders;
  /** Systems that are asked instead of sending; without it, none is. */
  readonly polls?: Polls;
  /** Sales, members and products from files; without it there are no imports. */
  readonly files?: Files;
  /** What is wrong with the connection to WeChat. */
  readonly diagnoseWechat?: () => Promise<readonly Finding[]>;
  /** Tries signatures and mappings. */
  readonly labs?: Labs;
  /** WeChat itself; without it there are no codes and no menu. */
  readonly account?: OfficialAccount;
};

export type Call<Params, Query, Body> = {
  readonly deps: ApiDeps;
  readonly now: number;
  /** Under which the caller reached us, such as https://huike.example.cn */
  readonly origin: string;
  readonly token: Token;
  /** Null when the caller sent no Idempotency-Key. */
  readonly requestKey: RequestKey | null;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
};

export type Success<Body> = { readonly status: 200 | 201; readonly body: Body };
/** The answer this very request was given before. */
export type Replayed = { readonly replayed: KeptResponse };
export type Outcome<Body> = Success<Body> | Replayed | Problem;

export const ok = <Body>(body: Body): Success<Body> => ({ status: 200, body });
export const created = <Body>(body: Body): Success<Body> => ({ status: 201, body });

type Described = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH';
  /** Below /v1, parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** pos is enough for a till; admin may call everything. */
  readonly scope: TokenScope;
  readonly statuses: readonly (200 | 201)[];
  /** Codes of refusals by status, beyond those every call may answer. */
  readonly refusals?: Readonly<Partial<Record<Problem['status'], readonly string[]>>>;
};

export type Route = Described & {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  /** As documented: where a body is accepted in several shapes, the one to write. Null takes none. */
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
  readonly takesKey: boolean;
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<Outcome<unknown>>;
};

const none = z.strictObject({});

/** Parses what came in, once; the handler sees nothing that was not checked, and may answer nothing but `answer`. */
export function route<Params, Query, Body, Answer>(
  given: Described & {
    readonly params?: z.ZodType<Params>;
    readonly query?: z.ZodType<Query>;
    readonly body?: z.ZodType<Body>;
    readonly documentedBody?: z.ZodType;
    readonly answer: z.ZodType<Answer>;
    /** Only a POST that writes nothing has no use for a key. */
    readonly takesKey?: boolean;
    readonly handle: (call: Call<Params, Query, Body>) => Promise<Outcome<NoInfer<Answer>>>;
  },
): Route {
  const { params = none, query = none, body } = given;
  return {
    ...given,
    params,
    query,
    body: given.documentedBody ?? body ?? null,
    takesKey: given.takesKey ?? given.method === 'POST',
    handle: async (call) => {
      const checked = check({ params, query, body: body ?? z.unknown() }, call);
      if ('code' in checked) return checked;
      // Each was parsed by the schema its type comes from; a schema that was not given leaves a type nobody named.
      return given.handle({ ...call, ...(checked as { params: Params; query: Query; body: Body }) });
    },
  };
}

/** Names of components in the OpenAPI document; stable, because generated clients are named after them. */
export const bodies = z.registry<{ id: string }>();
export const answers = z.registry<{ id: string }>();

export function namedBody<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  bodies.add(schema, { id });
  return schema;
}

export function namedAnswer<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  answers.add(schema, { id });
  return schema;
}
