/** HTTP errors as RFC 9457 problem documents with a stable `code`; a 4xx names the field. */

export type Problem = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 422 | 429 | 500 | 503;
  readonly code: string;
  /** What is wrong and how to fix it, for the author of the request. */
  readonly detail: string;
  readonly field?: string;
  /** All faults, when there can be several. */
  readonly issues?: readonly { readonly field: string; readonly message: string }[];
  /** The numbers of a refusal. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** What can be done instead. */
  readonly alternatives?: readonly string[];
  readonly retryAfterSeconds?: number;
  /** Headers the status asks for, such as `www-authenticate` and `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
};

const titles: Readonly<Record<Problem['status'], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function problemResponse(problem: Problem): Response {
  const { status, code, detail, field, issues, numbers, alternatives, retryAfterSeconds } = problem;
  const body = {
    type: 'about:blank',
    title: titles[status],
    status,
    code,
    detail,
    ...(field !== undefined && { field }),
    ...(issues !== undefined && { issues }),
    ...(numbers !== undefined && { numbers }),
    ...(alternatives !== undefined && { alternatives }),
  };
  const headers = new Headers({
    ...problem.headers,
    'content-type': 'application/problem+json; charset=utf-8',
  });
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
  return new Response(JSON.stringify(body), { status, headers });
}
