/** 体检所见: what is wrong with a connection, as a code and its facts. The words for it stand with the pages of the office. */

export type Finding = {
  /** Stable, for programs: `setting.token.malformed`, `ip-not-whitelisted`. */
  readonly code: string;
  /** Because of it nothing is received, sent or paid. */
  readonly isFatal: boolean;
  /** What its words name: an address, a kind of message. Never a secret. */
  readonly facts?: Readonly<Record<string, string>>;
};

/** `isAsked`: the other side was asked, and answered as it should: what it had nothing against is in order. */
export type Diagnosis = { readonly findings: readonly Finding[]; readonly isAsked: boolean };

/** 短信与支付 together: they are set up on one page. */
export type ChannelsDiagnosis = { readonly sms: readonly Finding[]; readonly pay: Diagnosis };

/** What the pages and the API may ask of the connections of a deployment. */
export type Checks = {
  /** Settings that cannot be right, known without asking anybody. */
  readonly faults: { readonly wechat: readonly Finding[]; readonly channels: readonly Finding[] };
  /** The relays that calls leave by; null where they go straight from the Worker. */
  readonly relays: Readonly<Record<'wechat' | 'sms' | 'pay', string | null>>;
  readonly smsProvider: string;
  readonly wechat: () => Promise<Diagnosis>;
  readonly channels: () => Promise<ChannelsDiagnosis>;
};

export const fatal = (code: string, facts?: Finding['facts']): Finding => finding(true, code, facts);
export const minor = (code: string, facts?: Finding['facts']): Finding => finding(false, code, facts);

const finding = (isFatal: boolean, code: string, facts: Finding['facts']): Finding =>
  facts ? { code, isFatal, facts } : { code, isFatal };
