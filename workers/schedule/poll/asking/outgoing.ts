/** 请求: what is asked of the other side, whichever kind of poll asks it. */

/** Never followed anywhere else: the address is checked before it is asked. */
export type Outgoing = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};
