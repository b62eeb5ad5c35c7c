/** 短信体检: what is missing before a text can be sent, of the deployment and of what the shop has set. Nothing is sent to find out. */
import type { MerchantSettings, SmsSettings } from '../../../schema/index.ts';
import { fatal, minor, type Finding } from './finding.ts';

/** As the deployment has them; the key itself is not needed to see that it is there. */
export type SmsDeployment = {
  readonly provider: 'none' | 'aliyun' | 'tencent';
  readonly keyId: string;
  readonly hasSecret: boolean;
  readonly appId: string;
  /** The relay that calls leave by; null when they go to the provider straight from the Worker. */
  readonly relay: string | null;
};

const keyIdShape = /^[\w-]{10,64}$/;
const appIdShape = /^\d{5,15}$/;

/** Asks nobody, reads nothing; empty where no provider is chosen. */
export function smsFaults({ provider, keyId, hasSecret, appId }: SmsDeployment): Finding[] {
  if (provider === 'none') return [];
  const of = (setting: string, isThere: boolean, isRight: boolean): Finding[] =>
    isThere && isRight ? [] : [fatal(`setting.${setting}.${isThere ? 'malformed' : 'missing'}`)];
  return [
    ...of('SMS_KEY_ID', keyId !== '', keyIdShape.test(keyId)),
    ...of('SMS_KEY_SECRET', hasSecret, true),
    ...(provider === 'tencent' ? of('SMS_APP_ID', appId !== '', appIdShape.test(appId)) : []),
  ];
}

export function smsFindings(deployment: SmsDeployment, { sms }: MerchantSettings): Finding[] {
  const { provider, relay } = deployment;
  if (provider === 'none') return [minor('sms.off')];
  return [
    ...smsFaults(deployment),
    // It takes no call from abroad.
    ...(provider === 'aliyun' && relay === null ? [minor('sms.no-relay')] : []),
    ...(sms.on ? chosenFindings(sms) : [minor('sms.switched-off')]),
  ];
}

function chosenFindings({ signName, templates }: SmsSettings): Finding[] {
  return [
    ...(signName === '' ? [fatal('sms.no-sign')] : []),
    // Nobody can register without a code.
    ...(templates['code'] ? [] : [fatal('sms.no-code-template')]),
  ];
}
