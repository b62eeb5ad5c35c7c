/** 请求: a request to the vendor, from any poller. */

/** Redirects are not followed, because the URL is checked before the request. */
export type Outgoing = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
};
