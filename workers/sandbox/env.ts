/** What the sandbox is given: Huike itself, a database of its own, and the same secrets Huike was given. */

export type Huike = {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly scheduled: (moment: { cron: string; scheduledTime: Date }) => Promise<{ outcome: string }>;
};

/** What is not given belongs to a service that is not simulated: whoever calls it is refused. */
export type SandboxEnv = {
  readonly HUIKE: Huike;
  /** Makes a link into the console for a role and answers its path; there only where a person tries the sandbox. */
  readonly ENTER?: { readonly fetch: (request: Request) => Promise<Response> };
  readonly SANDBOX_DB: D1Database;
  readonly PUBLIC_URL: string;
  /** A clock that stands at this instant, so that nothing depends on when it runs; without it, the machine's. */
  readonly CLOCK_AT?: number;
  readonly API_TOKEN: string;
  readonly ERP_SOURCE: string;
  /** `whsec_` and base64. */
  readonly ERP_SECRET: string;
  readonly WECHAT_APP_ID: string;
  readonly WECHAT_APP_SECRET: string;
  readonly WECHAT_TOKEN: string;
  readonly WECHAT_ENCODING_AES_KEY: string;
  readonly WECHAT_ORIGINAL_ID: string;
  readonly WECOM_CORP_ID?: string;
  readonly WECOM_AGENT_ID?: string;
  readonly WECOM_SECRET?: string;
  readonly WECOM_TOKEN?: string;
  readonly WECOM_ENCODING_AES_KEY?: string;
  readonly PAY_MCH_ID?: string;
  /** Of the merchant's certificate, in hex, and the public key that is in it. */
  readonly PAY_SERIAL?: string;
  readonly PAY_MERCHANT_PUBLIC_KEY?: string;
  /** 32 characters. */
  readonly PAY_API_V3_KEY?: string;
  /** `PUB_KEY_ID_…`, and the private key behind it, which in the world is WeChat Pay's own. */
  readonly PAY_PLATFORM_KEY_ID?: string;
  readonly PAY_PLATFORM_PRIVATE_KEY?: string;
  /** Either vendor takes this key. */
  readonly SMS_KEY_ID?: string;
  readonly SMS_KEY_SECRET?: string;
  readonly SMS_APP_ID?: string;
};
