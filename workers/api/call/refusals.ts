/** 拒绝: the codes under which a call is refused for reasons of its noun, by the status with which each is answered. */

type Status = 404 | 409 | 422;
type Refusals = { readonly [status in Status | 503]?: readonly string[] };

/** `always`: what every call of the noun may answer besides. Each call names the reasons that it can come to. */
export const refusalsFor =
  <Reason extends string>(statuses: Readonly<Record<Reason, Status>>, always: Refusals) =>
  (...reasons: readonly Reason[]): Refusals => {
    const codesOf = (status: Status): string[] => [
      ...(always[status] ?? []),
      ...reasons.filter((reason) => statuses[reason] === status).map((reason) => reason.toLowerCase()),
    ];
    return { ...always, 404: codesOf(404), 409: codesOf(409), 422: codesOf(422) };
  };
