/** 提醒的说法: what a reminder is about, from the facts that its kind keeps. */
import type { Reminder } from '../../../../../schema/index.ts';
import { byKind } from '../../../../decide/plain/registry.ts';
import { reminderKinds } from '../../../../decide/reminders/index.ts';

const said: Readonly<Record<string, (facts: Readonly<Record<string, string>>) => string>> = {
  'run-out': ({ productName = '', endsOn = '' }) => `${productName} 大约 ${endsOn} 用完`,
  'stage-up': ({ goods = '', stage = '', on = '' }) => `${on} 起用 ${stage} ${goods}`,
  birthday: ({ birthdayOn = '' }) => `生日 ${birthdayOn}`,
};

export function remindedOf({ kind, subject, basis }: Reminder): string {
  const { label, facts } = byKind(reminderKinds, kind);
  // The basis is what the kind itself wrote.
  return (
    said[kind]?.((facts as (subject: string, basis: unknown) => Record<string, string>)(subject, basis)) ??
    label
  );
}
