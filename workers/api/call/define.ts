/** What a call of the API has to declare, to serve it and to describe it in the OpenAPI document. */
import * as z from 'zod';
import type { TokenScope } from '../../../schema/index.ts';
import type { Db } from '../../db/db.ts';
import type { KeptResponse, RequestKey } from '../../db/shop/idempotency.ts';
import type { Token } from '../../db/shop/tokens.ts';
import type { Clock, Doorbell, JobsBell } from '../../engine/ports.ts';
import type { Problem } from '../../platform/problem.ts';
import type { Engine } from '../../engine/engine.ts';
import { outside } from './bound.ts';
import { check } from './check.ts';
import type { Files } from '../../commands/imports/files.ts';
import type { Labs } from '../../commands/sources/lab-ports.ts';
import type { OfficialAccount } from '../account/official-account.ts';
import type { Polls, Senders } from '../../commands/sources/sender-ports.ts';

/** Of a diagnosis: `what` and `remedy` are for the shop to read. */
type Found = {
  readonly code: string;
  readonly isFatal: boolean;
  readonly what: string;
  readonly remedy: string;
};

export type ApiDeps = {
  readonly db: Db;
  readonly engine: Engine;
  readonly doorbell: Doorbell;
  readonly jobsBell: JobsBell;
  readonly clock: Clock;
  /** The adapters of sources; without it no source can be registered. */
  readonly senders?: Senders;
  /** Pollers, for systems that do not push; without it none is polled. */
  readonly polls?: Polls;
  /** Sales, members and products from files; without it there are no imports. */
  readonly files?: Files;
  /** What is wrong with the connections, in words. */
  readonly diagnoses?: Readonly<Record<'wechat' | 'channels', () => Promise<readonly Found[]>>>;
  /** Tries signatures and mappings. */
  readonly labs?: Labs;
  /** Calls to WeChat; without it there are no codes and no menu. */
  readonly account?: OfficialAccount;
};

export type Call<Params, Query, Body> = {
  readonly deps: ApiDeps;
  readonly now: number;
  /** The origin that the caller used, such as https://huike.example.cn */
  readonly origin: string;
  readonly token: Token;
  /** Null when the caller sent no Idempotency-Key. */
  readonly requestKey: RequestKey | null;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
};

export type Success<Body> = {
  readonly status: 200 | 201;
  readonly body: Body;
  /** What the audit says of it, where the body says too much or too little. */
  readonly audited?: { readonly before: unknown; readonly after: unknown };
};
/** The stored answer of the same request. */
export type Replayed = { readonly replayed: KeptResponse };
export type Outcome<Body> = Success<Body> | Replayed | Problem;

export const ok = <Body>(body: Body): Success<Body> => ({ status: 200, body });
export const created = <Body>(body: Body): Success<Body> => ({ status: 201, body });

type Served = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Below /v1, parameters in braces. */
  readonly path: string;
  /** pos is enough for a till; admin may call everything. */
  readonly scope: TokenScope;
  /** It only tries something out, and is no change that anybody has to answer for. */
  readonly isTrial?: true;
  /** Parts of the body that name people: nobody would find them in the audit when they ask to be forgotten. */
  readonly untold?: readonly string[];
};

/** For readers: the Worker is built without it (`scripts/undocumented.ts`). */
type Told = {
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly statuses: readonly (200 | 201)[];
  /** Error codes by status, besides those of every call. */
  readonly refusals?: Readonly<Partial<Record<Problem['status'], readonly string[]>>>;
};

type Described = Served & Told;

export type Route = Described & {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  /** As documented: when a body is accepted in several shapes, the one to write. Null takes no body. */
  readonly body: z.ZodType | null;
  readonly answer: z.ZodType;
  readonly takesKey: boolean;
  readonly handle: (call: Call<unknown, unknown, unknown>) => Promise<Outcome<unknown>>;
};

/** What serves a call: it knows nothing of what is only told. */
export type ServedRoute = Omit<Route, keyof Told>;

const none = z.strictObject({});

/** Parses the request once. The handler sees only checked values and returns only `answer`. */
export function route<Params, Query, Body, Answer>(
  given: Described & {
    readonly params?: z.ZodType<Params>;
    readonly query?: z.ZodType<Query>;
    readonly body?: z.ZodType<Body>;
    readonly documentedBody?: z.ZodType;
    readonly answer: z.ZodType<Answer>;
    /** Only a POST that writes nothing takes no key. */
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
      const refusal = outside(call.token, checked);
      if (refusal) return refusal;
      // Each part was parsed by the schema that its type comes from.
      return given.handle({ ...call, ...(checked as { params: Params; query: Query; body: Body }) });
    },
  };
}

/** Component names in the OpenAPI document. They are stable, because generated clients use them. */
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
