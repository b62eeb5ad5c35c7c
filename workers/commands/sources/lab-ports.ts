/** 实验室的端口: what tries a request or a mapping, passed in as values: the API and the console take the request, and `receive` answers. */

export type TriedRequest = {
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly url: string;
  readonly query: URLSearchParams;
};

/** A vendor gives one secret, or several with names. */
export type TriedSecret = string | Readonly<Record<string, string>>;

export type SignatureTrial = {
  readonly scheme: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly matches: boolean;
  /** Why a source would not be saved with this secret. */
  readonly secretFault: string | null;
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
  | {
      readonly unreadable: string | null;
      readonly decoded: string;
      /** The same in full. */
      readonly tree: unknown;
      readonly start: string;
      readonly elements: number | null;
      readonly events: readonly MappingTrial[];
    };

/** One step of `decode`. */
export type DecodeStep = { readonly do: string; readonly at?: string | readonly string[] | undefined };

export type Labs = {
  /** Matches first, then the nearest misses. */
  readonly signature: (
    request: TriedRequest,
    secret: TriedSecret,
    atSeconds: number,
  ) => Promise<readonly SignatureTrial[]>;
  readonly mapping: (spec: unknown, zone: string, payload: string) => MappingAnswer;
  /** The steps that take a payload apart, by what it looks like. */
  readonly guess: (payload: string) => readonly DecodeStep[];
  /** What a stored body was when it came; `isDecoded` where a mapping took it apart before it was stored. */
  readonly asItCame: (body: string) => {
    readonly text: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly isDecoded: boolean;
  };
};
