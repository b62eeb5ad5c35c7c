/** 认不出的手机号: a phone that was given and is none, so that the event can say that nobody was looked for by it. */
import type { DomainEvent } from '../../../../schema/index.ts';
import { isUnreadPhone, plainPhone } from '../../../decide/plain/phones.ts';

const fieldsMax = 5;

/** The fields, in the sender's words (`noted`) or in ours; none where the event names a person by a phone after all. */
export function unreadPhones(event: DomainEvent, noted: readonly string[]): readonly string[] {
  const told = phonesOf(event);
  if (told.some(([, phone]) => plainPhone(phone) !== null)) return [];
  const own = told.flatMap(([field, phone]) => (isUnreadPhone(phone) ? [field] : []));
  return [...new Set([...noted, ...own])].slice(0, fieldsMax);
}

type Told = readonly [field: string, phone: string];
const one = (field: string, phone: string | null | undefined): Told[] => (phone ? [[field, phone]] : []);

function phonesOf(event: DomainEvent): Told[] {
  if (event.type === 'member.merged')
    return [...one('data.from.phone', event.from.phone), ...one('data.into.phone', event.into.phone)];
  if (!('data' in event)) return [];
  const { data } = event;
  if ('member' in data) return one('data.member.phone', data.member?.phone);
  return 'phone' in data ? one('data.phone', data.phone) : [];
}
