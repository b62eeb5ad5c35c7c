/** 轮询方式: what a system that does not push has to say for itself: how it is asked, and how its answer is read. */
import type * as z from 'zod';
import type { OpenQuestion } from '../../../schema/index.ts';
import type { Outgoing } from './asking/outgoing.ts';
import { readingBack, type ReadBack, type ReadingBack } from './kernel/reading-back.ts';

/** A record as it came, as `receive` would take it in: the sender's own id and type, and its exact text. */
export type RawEvent = { readonly senderId: string; readonly type: string; readonly body: string };

export type Window = { readonly from: number; readonly to: number };

/** Computed by the deployment: a digest or a code over UTF-8 text. */
export type Signing = {
  readonly digest: (hash: 'md5' | 'sha1' | 'sha256' | 'sha512', text: string) => Promise<Uint8Array>;
  readonly hmac: (hash: 'sha1' | 'sha256' | 'sha512', secret: string, text: string) => Promise<Uint8Array>;
};

type PageContext<Settings> = {
  readonly settings: Settings;
  readonly stream: string;
  /** Null where the list has no times and is read from end to end. */
  readonly window: Window | null;
  readonly page: string | null;
  /** One record, taken apart as if its source had pushed it. */
  readonly split: (body: string) => readonly RawEvent[];
  /** The shop that the settings of the source name. */
  readonly store: string | null;
};

export type PageRequest<Settings> = PageContext<Settings> & {
  readonly secret: string;
  readonly now: number;
  readonly signing: Signing;
  /** Instead of a page: the record that has to be asked about. */
  readonly question: OpenQuestion | null;
};

export type PageRead =
  | {
      readonly ok: true;
      readonly events: readonly RawEvent[];
      /** Records that are worth a question each; those that were stored before are not asked about again. */
      readonly questions: readonly RawEvent[];
      /** Void before anyone told us of them: stored only if the record they take back was. */
      readonly onlyIfKnown: readonly { readonly event: RawEvent; readonly senderId: string }[];
      /** Where the next page begins; null after the last. */
      readonly next: string | null;
      /** Every sale of the page that counts, new or known, whether or not we understand it; absent where nobody can say. */
      readonly counted?: readonly Counted[];
    }
  | { readonly ok: false; readonly why: string };

/** A sale by its business day and shop. */
export type Counted = { readonly date: string; readonly store: string; readonly paidFen: number };

export type AnswerRead =
  | { readonly ok: true; readonly event: RawEvent }
  /** It said that it cannot say: asked a few times more, then the record goes on as it is. */
  | { readonly ok: false; readonly why: string };

/** How often a list is read, and how far back each time. */
export type Pace = {
  readonly everyMs: number;
  /** Null for lists without times. */
  readonly windowMaxMs: number | null;
  readonly overlapMs: number;
  readonly lookBackMs: number;
  /** The first reading begins here; null begins now. */
  readonly since: number | null;
};

export type PollKind<Settings> = {
  readonly name: string;
  readonly settings: z.ZodType<Settings>;
  /** Whether its requests are signed, or carry the secret: a source whose address is its secret has none to give. */
  readonly usesSecret: (settings: Settings) => boolean;
  /** Of a secret with several values, the one that it uses; without it, only a single one will do. */
  readonly secretName?: string;
  readonly zone: (settings: Settings) => string;
  /** Requests a day; null has no limit. */
  readonly budget: (settings: Settings) => number | null;
  readonly streams: (settings: Settings) => ReadonlyMap<string, Pace>;
  readonly request: (ask: PageRequest<Settings>) => Promise<Outgoing>;
  readonly readPage: (text: string, context: PageContext<Settings>) => PageRead;
  readonly readAnswer: (text: string, question: OpenQuestion) => AnswerRead;
  /** 回查: for systems that push notices and have the documents fetched. */
  readonly readBack?: ReadBack<Settings>;
};

/** A kind with its settings parsed: what a step needs, whichever kind it is. */
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
  /** The reasons when the settings cannot be used. */
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
