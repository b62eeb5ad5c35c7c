/** What an ERP adapter has to say for itself: how its requests are verified, taken apart, understood and answered. */
import type * as z from 'zod';
import type { InboxEvent, Source } from '../../../schema/index.ts';
import type { Normalised } from '../../engine/engine.ts';
import type { Problem } from '../../platform/problem.ts';
import type { RawEvent, Stored } from '../intake.ts';
import type { SignedRequest, Verified } from '../verify/define.ts';
import type { VerifySettings } from '../verify/index.ts';

/** A request as it came; nothing in it is believed before it is verified. */
export type Incoming = SignedRequest;

/** What may be read once the request is verified. */
export type Opened = {
  readonly headers: Headers;
  readonly query: URLSearchParams;
  readonly config: Source['config'];
  /** The signed fields; where there are any, nothing else of the request may be read. */
  readonly fields?: ReadonlyMap<string, string>;
};

/** No events: a heartbeat or a test that is answered and kept nowhere. */
export type Split = { readonly events: readonly RawEvent[]; readonly isBatch: boolean };

export type Adapter = {
  readonly name: string;
  /** What the console calls it. */
  readonly label: string;
  /** What a source of this kind may be told. */
  readonly settings: z.ZodType;
  /** By which scheme its requests are verified; null for settings that cannot be used. */
  readonly signing: (config: Source['config']) => VerifySettings | null;
  /** The schemes that the settings may choose, the usual one first; null where they may choose any. */
  readonly schemes: readonly string[] | null;
  /** The vendor's console shows the secret: one made here would verify nothing. */
  readonly issuesSecret: boolean;
  /** A check of the address, unsigned by nature: answered before verification, and never stored. Null for anything else. */
  readonly probe?: (request: Incoming, config: Source['config']) => Response | null;
  /** Over the raw bytes, before anything is parsed. Null is a valid signature over a body that says what it says. */
  readonly verify: (
    request: Incoming,
    secrets: readonly string[],
    nowSeconds: number,
    config: Source['config'],
  ) => Promise<Problem | Verified | null>;
  /** The verified bytes as text; without it, UTF-8 and nothing else. */
  readonly decode?: (body: Uint8Array, headers: Headers) => string | null;
  /** Only as much parsing as storing needs. */
  readonly split: (text: string, opened: Opened) => Split | Problem;
  /** After the ack: a new field of a vendor can never lose a sale. */
  readonly normalise: (row: InboxEvent, source: Pick<Source, 'namespace' | 'config'>) => Normalised;
  readonly acknowledge: (stored: readonly Stored[], isBatch: boolean, config: Source['config']) => Response;
  /** The vendor's own words for "no"; without it, a problem document. */
  readonly refuse?: (problem: Problem, config: Source['config']) => Response;
  /** What is wrong with the settings of a source of this kind, before they are saved. */
  readonly checkConfig: (config: unknown) => readonly ConfigProblem[];
  /** What is wrong with putting settings in the place of others. Both were checked by themselves. */
  readonly checkChange?: (before: unknown, after: unknown) => readonly ConfigProblem[];
  /** What a poller has to fetch for events that name things without describing them. */
  readonly readBack?: ReadBack;
};

export type ConfigProblem = { readonly path: string; readonly message: string };

export type ReadBack = {
  /** Canonical types that arrive thin, and where the vendor describes them. */
  readonly calls: Readonly<Record<string, string>>;
  /** Vendors answer too early with what was: wait at least this long. */
  readonly afterSeconds: number;
};
