/** 实验室的端口: what tries a request or a mapping, passed in as a value: the API takes questions, and `receive` knows the answers. */

export type TriedRequest = {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly url: string;
  readonly query: URLSearchParams;
};

/** A vendor may have given one secret, or several with names. */
export type TriedSecret = string | Readonly<Record<string, string>>;

export type SignatureTrial = {
  readonly scheme: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly matches: boolean;
  readonly why: string;
};

export type MappingTrial = {
  readonly outcome: 'event' | 'ignored' | 'parked';
  readonly type: string;
  readonly key: string | null;
  readonly event: unknown;
  readonly missing: readonly string[];
};

export type MappingAnswer =
  | { readonly problems: readonly { readonly path: string; readonly message: string }[] }
  | { readonly unreadable: string | null; readonly events: readonly MappingTrial[] };

export type Labs = {
  /** What matches first, then what came nearest. */
  readonly signature: (
    request: TriedRequest,
    secret: TriedSecret,
    atSeconds: number,
  ) => Promise<readonly SignatureTrial[]>;
  readonly mapping: (spec: unknown, zone: string, payload: string) => MappingAnswer;
};
