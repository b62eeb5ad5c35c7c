/** What the sandbox is given: Huike itself, a database of its own, and the same secrets Huike was given. */

export type Huike = {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly scheduled: (moment: { cron: string; scheduledTime: Date }) => Promise<{ outcome: string }>;
};

export type SandboxEnv = {
  readonly HUIKE: Huike;
  readonly SANDBOX_DB: D1Database;
  readonly PUBLIC_URL: string;
  readonly API_TOKEN: string;
  readonly ERP_SOURCE: string;
  /** `whsec_` and base64. */
  readonly ERP_SECRET: string;
  readonly WECHAT_APP_ID: string;
  readonly WECHAT_APP_SECRET: string;
  readonly WECHAT_TOKEN: string;
  readonly WECHAT_ENCODING_AES_KEY: string;
  readonly WECHAT_ORIGINAL_ID: string;
};

/** Hono's word for where the bindings are. */
export type SandboxApp = { Bindings: SandboxEnv };
