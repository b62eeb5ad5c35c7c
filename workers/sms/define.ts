/** 短信: what an SMS provider promises. This folder imports nothing of ours. */

export type SmsMessage = {
  /** Eleven digits of mainland China. */
  readonly phone: string;
  /** As the provider approved it. */
  readonly templateId: string;
  /** The template's variables, in its own order. */
  readonly params: readonly {
    readonly name: string;
    readonly value: string;
    /** Takes the place of a value of which nothing lawful is left. */
    readonly standIn?: string | undefined;
    /** It is not shortened. */
    readonly isWhole?: boolean;
  }[];
  /** 签名, without the brackets 【】. */
  readonly signName: string;
  /** The whole text, for providers without templates. */
  readonly text?: string;
};

/**
 * `park`: retrying does not help, or could send the message twice. No provider detects duplicates, so a message that may have
 * been sent is not retried.
 */
export type SmsVerdict =
  | { readonly verdict: 'sent'; readonly receipt: string | null }
  /** Null means the usual backoff. */
  | { readonly verdict: 'retry'; readonly afterSeconds: number | null; readonly why: string }
  | { readonly verdict: 'park'; readonly why: string };

export type SmsProvider = {
  readonly name: string;
  readonly send: (message: SmsMessage) => Promise<SmsVerdict>;
};

/** `fetch`, or a substitute. */
export type Http = (request: Request) => Promise<Response>;

export type SmsSettings = {
  readonly http: Http;
  /** The provider's own address, or that of a relay in mainland China; with or without a path. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly clock: () => number;
};

/** What a code means; `why` is for the merchant. */
export type Meaning =
  | { readonly verdict: 'retry'; readonly afterSeconds: number | null; readonly why: string }
  | { readonly verdict: 'park'; readonly why: string };

const messageCharactersMax = 120;

/** A refused message was certainly not sent. An unknown code is retried up to the last attempt, then shown. */
export function refused(
  { code, message, phone }: { readonly code: string; readonly message: string; readonly phone: string },
  meaningOf: (code: string) => Meaning | null,
): SmsVerdict {
  const meaning = meaningOf(code) ?? { verdict: 'retry', afterSeconds: null, why: '短信服务商没有接受' };
  const said = message.replaceAll(phone, '***').slice(0, messageCharactersMax);
  return { ...meaning, why: `${meaning.why}（${code} ${said}）` };
}
