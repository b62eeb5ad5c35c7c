/** 轮询方式: what a poller has to declare: how a system is asked, and how its answer is read. */
import type * as z from 'zod';
import type { OpenQuestion } from '../../../schema/index.ts';
import type { Outgoing } from './asking/outgoing.ts';
import { readingBack, type ReadBack, type ReadingBack } from './kernel/reading-back.ts';

/** A record as `receive` would store it: the sender's id and type, and its exact text. */
export type RawEvent = { readonly senderId: string; readonly type: string; readonly body: string };

export type Window = { readonly from: number; readonly to: number };

/** Computed by the deployment: a digest or an HMAC over UTF-8 text. */
export type Signing = {
  readonly digest: (hash: 'md5' | 'sha1' | 'sha256' | 'sha512', text: string) => Promise<Uint8Array>;
  readonly hmac: (hash: 'sha1' | 'sha256' | 'sha512', secret: string, text: string) => Promise<Uint8Array>;
};

type PageContext<Settings> = {
  readonly settings: Settings;
  readonly stream: string;
  /** Null when the list has no times and is read completely. */
  readonly window: Window | null;
  readonly page: string | null;
  /** Splits one record as if its source had pushed it. */
  readonly split: (body: string) => readonly RawEvent[];
  /** The store that the settings of the source name. */
  readonly store: string | null;
};

export type PageRequest<Settings> = PageContext<Settings> & {
  readonly secret: string;
  readonly now: number;
  readonly signing: Signing;
  /** When set, the record to ask about, instead of a page. */
  readonly question: OpenQuestion | null;
};

export type PageRead =
  | {
      readonly ok: true;
      readonly events: readonly RawEvent[];
      /** Records that each need another request; those already stored are not asked about again. */
      readonly questions: readonly RawEvent[];
      /** Voids: stored only if the record that they take back was stored. */
      readonly onlyIfKnown: readonly { readonly event: RawEvent; readonly senderId: string }[];
      /** Where the next page begins; null after the last. */
      readonly next: string | null;
      /** Every sale of the page, new or known, for the day's totals; absent when the list has no totals. */
      readonly counted?: readonly Counted[];
    }
  | { readonly ok: false; readonly why: string };

/** A sale by its business day and shop. */
export type Counted = { readonly date: string; readonly store: string; readonly paidFen: number };

export type AnswerRead =
  | { readonly ok: true; readonly event: RawEvent }
  /** The vendor could not answer: asked a few times more, then the record is stored as it is. */
  | { readonly ok: false; readonly why: string };

/** How often a list is read, and how far back each time. */
export type Pace = {
  readonly everyMs: number;
  /** Null for lists without times. */
  readonly windowMaxMs: number | null;
  readonly overlapMs: number;
  readonly lookBackMs: number;
  /** The first window begins here; null begins now. */
  readonly since: number | null;
};

export type PollKind<Settings> = {
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  /** Whether its requests use the secret. A source whose URL is its secret has none to use. */
  readonly usesSecret: (settings: Settings) => boolean;
  /** The value that it uses of a secret with several; without it the secret must be a single value. */
  readonly secretName?: string;
  readonly zone: (settings: Settings) => string;
  /** Requests a day; null for no limit. */
  readonly budget: (settings: Settings) => number | null;
  readonly streams: (settings: Settings) => ReadonlyMap<string, Pace>;
  readonly request: (ask: PageRequest<Settings>) => Promise<Outgoing>;
  readonly readPage: (text: string, context: PageContext<Settings>) => PageRead;
  readonly readAnswer: (text: string, question: OpenQuestion) => AnswerRead;
  /** 回查: for systems that push notices and let the documents be fetched. */
  readonly readBack?: ReadBack<Settings>;
};

/** A poller with its settings parsed: what a step needs, whatever the poller. */
export type Polling = {
  readonly usesSecret: boolean;
  readonly secretName: string | null;
  readonly zone: string;
  readonly budget: number | null;
  readonly streams: ReadonlyMap<string, Pace>;
  readonly request: (ask: Omit<PageRequest<never>, 'settings'>) => Promise<Outgoing>;
  readonly readPage: (text: string, context: Omit<PageContext<never>, 'settings'>) => PageRead;
  readonly readAnswer: (text: string, question: OpenQuestion) => AnswerRead;
  readonly readBack: ReadingBack | null;
};

export type Poller = {
  readonly name: string;
  readonly settings: z.ZodType;
  /** The faults, when the settings cannot be used. */
  readonly open: (config: unknown) => Polling | { readonly faults: string };
};

export function definePoller<Settings>(kind: PollKind<Settings>): Poller {
  return {
    name: kind.name,
    settings: kind.settings,
    open: (config) => {
      const parsed = kind.settings.safeParse(config);
      if (!parsed.success) {
        const faults = parsed.error.issues.map(
          ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
        );
        return { faults: faults.join('; ') };
      }
      const settings = parsed.data;
      return {
        usesSecret: kind.usesSecret(settings),
        secretName: kind.secretName ?? null,
        zone: kind.zone(settings),
        budget: kind.budget(settings),
        streams: kind.streams(settings),
        request: (ask) => kind.request({ ...ask, settings }),
        readPage: (text, context) => kind.readPage(text, { ...context, settings }),
        readAnswer: kind.readAnswer,
        readBack: kind.readBack ? readingBack(kind.readBack, settings) : null,
      };
    },
  };
}
