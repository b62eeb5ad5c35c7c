/** 接口: a path that Huike may call, and what a call brings. */
import type { Here } from '../here.ts';

export type Call = {
  readonly here: Here;
  readonly path: string;
  /** The body's JSON; null when it is none. */
  readonly body: unknown;
  readonly text: string;
  readonly query: (name: string) => string;
};

export type Handle = (call: Call) => Promise<Response>;

export type Endpoint = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly handle: Handle;
  /** `account`: with an access token and from a known address. `address`: the latter alone. */
  readonly needs?: 'account' | 'address' | 'nothing';
};
