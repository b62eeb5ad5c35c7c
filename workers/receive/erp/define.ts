/** What an ERP adapter has to declare: how its requests are verified, split, normalised and answered. */
import type * as z from 'zod';
import type { InboxEvent, Source } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import type { RawEvent, Stored } from '../intake.ts';
import type { SignedRequest, Verified } from '../verify/define.ts';
import type { VerifySettings } from '../verify/index.ts';

/** A request as received; nothing in it is trusted before it is verified. */
export type Incoming = SignedRequest;

/** What may be read after the request is verified. */
export type Opened = {
  readonly headers: Headers;
  readonly query: URLSearchParams;
  readonly config: Source['config'];
  /** The signed fields; when there are any, nothing else of the request may be read. */
  readonly fields?: ReadonlyMap<string, string>;
};

/** Without events: a heartbeat or a test, which is answered and not stored. */
export type Split = { readonly events: readonly RawEvent[]; readonly isBatch: boolean };

export type Adapter = {
  readonly name: string;
  /** The name in the console. */
  readonly label: string;
  /** The settings of a source with this adapter. */
  readonly settings: z.ZodType;
  /** The scheme that verifies its requests; null when the settings cannot be used. */
  readonly signing: (config: Source['config']) => VerifySettings | null;
  /** The schemes that the settings may choose, the usual one first; null when they may choose any. */
  readonly schemes: readonly string[] | null;
  /** True when the vendor's console issues the secret: one made here would verify nothing. */
  readonly issuesSecret: boolean;
  /** An unsigned check of the URL: answered before verification and never stored. Null for every other request. */
  readonly probe?: (request: Incoming, config: Source['config']) => Response | null;
  /** Verifies the raw bytes before anything is parsed. Null means a valid signature over the body as it is. */
  readonly verify: (
    request: Incoming,
    secrets: readonly string[],
    nowSeconds: number,
    config: Source['config'],
  ) => Promise<Problem | Verified | null>;
  /** Decodes the verified bytes; without it only UTF-8 is accepted. */
  readonly decode?: (body: Uint8Array, headers: Headers) => string | null;
  /** Parses only as much as storing needs. */
  readonly split: (text: string, opened: Opened) => Split | Problem;
  /** Runs after the ack, so that a vendor's new field can never lose a sale. */
  readonly normalise: (row: InboxEvent, source: Pick<Source, 'namespace' | 'config'>) => Normalised;
  readonly acknowledge: (stored: readonly Stored[], isBatch: boolean, config: Source['config']) => Response;
  /** A refusal in the vendor's own format; without it a problem document. */
  readonly refuse?: (problem: Problem, config: Source['config']) => Response;
  /** The faults of a source's settings, before they are saved. */
  readonly checkConfig: (config: unknown) => readonly ConfigProblem[];
  /** The faults of replacing settings by others. Both are already checked on their own. */
  readonly checkChange?: (before: unknown, after: unknown) => readonly ConfigProblem[];
  /** What a poller has to fetch for events that only name a document. */
  readonly readBack?: ReadBack;
};

export type ConfigProblem = { readonly path: string; readonly message: string };

export type ReadBack = {
  /** Canonical types that arrive as thin events, and where the vendor describes them. */
  readonly calls: Readonly<Record<string, string>>;
  /** Asked too early, a vendor returns the old state: wait at least this long. */
  readonly afterSeconds: number;
};
