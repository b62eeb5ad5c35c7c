/** 商户密钥检查: which keys of WeChat Pay are missing or cannot be what they are said to be; never the value itself. */
import * as z from 'zod';
import type { PaySettings } from './account.ts';

const PlatformKeys = z.record(z.string().min(1), z.string().includes('-----BEGIN '));

const shapes: Readonly<Record<Exclude<keyof PaySettings, 'PAY_API_BASE'>, (value: string) => boolean>> = {
  PAY_MCH_ID: (value) => /^\d{8,15}$/.test(value),
  PAY_SERIAL: (value) => /^[0-9A-Fa-f]{8,64}$/.test(value),
  PAY_PRIVATE_KEY: (value) => value.includes('-----BEGIN PRIVATE KEY-----'),
  PAY_API_V3_KEY: (value) => new TextEncoder().encode(value).length === 32,
  PAY_PLATFORM_KEYS: (value) => PlatformKeys.safeParse(jsonOf(value)).success,
};

export type PayFault = { readonly setting: string; readonly fault: 'missing' | 'malformed' };

/** Null when there is not one: then it is not connected, which is no fault. */
export function payFaults(settings: PaySettings): PayFault[] | null {
  // The names are those of the table itself.
  const checked = Object.entries(shapes) as [keyof typeof shapes, (value: string) => boolean][];
  if (checked.every(([setting]) => settings[setting] === '')) return null;
  return checked.flatMap(([setting, isRight]): PayFault[] => {
    const value = settings[setting];
    if (value === '') return [{ setting, fault: 'missing' }];
    return isRight(value) ? [] : [{ setting, fault: 'malformed' }];
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
