/** 商户: who may ask for transfers here, or null when WeChat Pay is not set up. */
import { clockOf } from '../plain/clock.ts';
import type { SandboxEnv } from '../env.ts';

export type Account = {
  readonly mchId: string;
  readonly serialNo: string;
  readonly merchantKey: string;
  readonly apiV3Key: string;
  readonly platformId: string;
  readonly platformKey: string;
  readonly clock: () => number;
};

export function accountOf(env: SandboxEnv): Account | null {
  const {
    PAY_MCH_ID: mchId,
    PAY_SERIAL: serialNo,
    PAY_MERCHANT_PUBLIC_KEY: merchantKey,
    PAY_API_V3_KEY: apiV3Key,
    PAY_PLATFORM_KEY_ID: platformId,
    PAY_PLATFORM_PRIVATE_KEY: platformKey,
  } = env;
  if (!mchId || !serialNo || !merchantKey || !apiV3Key || !platformId || !platformKey) return null;
  return { mchId, serialNo, merchantKey, apiV3Key, platformId, platformKey, clock: () => clockOf(env) };
}
