/** 回查方式: how the document that a notice names is requested, and how the answer is read. */
import type { InboxEvent, Session } from '../../../../schema/index.ts';
import type { Outgoing } from '../asking/outgoing.ts';

type Thin = Pick<InboxEvent, 'type' | 'body' | 'receivedAt'>;

export type ReadBack<Settings> = {
  /** The session, for vendors that need one: how it is requested, and how long it is valid. */
  readonly signIn?: {
    readonly request: (secret: string, settings: Settings) => Outgoing;
    readonly read: (
      text: string,
      now: number,
    ) => { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly why: string };
  };
  /** Null for a notice that names no document. */
  readonly request: (
    thin: Thin,
    ask: { readonly settings: Settings; readonly secret: string; readonly session: Session | null },
  ) => Outgoing | null;
  /** The document, as its source would have pushed it. */
  readonly read: (
    text: string,
    thin: Thin,
  ) =>
    | { readonly ok: true; readonly body: string }
    | { readonly ok: false; readonly why: string; readonly isSignedOut?: boolean };
};

/** The same with its settings filled in. */
export type ReadingBack = {
  readonly signIn: {
    readonly request: (secret: string) => Outgoing;
    readonly read: NonNullable<ReadBack<never>['signIn']>['read'];
  } | null;
  readonly request: (
    thin: Thin,
    ask: { readonly secret: string; readonly session: Session | null },
  ) => Outgoing | null;
  readonly read: ReadBack<never>['read'];
};

export function readingBack<Settings>(
  { signIn, request, read }: ReadBack<Settings>,
  settings: Settings,
): ReadingBack {
  return {
    signIn: signIn ? { request: (secret) => signIn.request(secret, settings), read: signIn.read } : null,
    request: (thin, ask) => request(thin, { ...ask, settings }),
    read,
  };
}
