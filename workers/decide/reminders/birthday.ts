/** 生日关怀: every year, some days before the member's birthday; who was born on 29 February has it on the 28th in other years. */
import * as z from 'zod';
import { addDays, addMonths } from '../plain/dates.ts';
import { defineReminder, planFields } from './define.ts';

const daysBeforeMax = 60;
const subject = 'member';

const params = z.strictObject({
  ...planFields,
  kind: z.literal('birthday'),
  remindBeforeDays: z.int().min(0).max(daysBeforeMax),
});

type Birthday = { readonly bornOn: string; readonly birthdayOn: string };
/** Whether the member still has the birthday that was told. */
type About = { readonly isKnown: boolean };

export const birthday = defineReminder<z.infer<typeof params>, Birthday, About>({
  kind: 'birthday',
  label: '生日关怀',
  params,
  example: params.parse({ name: '生日前3天', kind: 'birthday', remindBeforeDays: 3, notify: ['member'] }),
  follows: ['member.put'],
  isNewestOnly: false,
  skusOf: () => [],
  from: ({ type, member, at, on }, standing) => {
    if (type !== 'member.put') return [];
    const { birthdayOn: bornOn, storeId } = member;
    const pending = standing.find(({ state }) => state === 'pending');
    const known = pending?.basis.bornOn ?? null;
    // Every purchase puts the member as well; what already waits is left alone.
    if (bornOn === known) return [];
    const day = bornOn ?? known ?? on;
    const basis = { bornOn: day, birthdayOn: birthdayFrom(day, on) };
    return [{ subject, storeId, basis, about: { isKnown: bornOn !== null }, since: at, isNews: false }];
  },
  isStill: ({ members, now }, { memberId, storeId, basis }) =>
    members.get(memberId)?.birthdayOn === basis.bornOn
      ? { subject, storeId, basis, about: { isKnown: true }, since: now, isNews: false }
      : null,
  covers: (_, { about }) => about.isKnown,
  schedule: ({ remindBeforeDays }, { basis: { bornOn, birthdayOn } }) => {
    const nextOn = birthdayFrom(bornOn, addDays(birthdayOn, 1));
    return {
      remindOn: addDays(birthdayOn, -remindBeforeDays),
      basis: { bornOn, birthdayOn },
      next: { remindOn: addDays(nextOn, -remindBeforeDays), basis: { bornOn, birthdayOn: nextOn } },
    };
  },
  facts: (_, { birthdayOn }) => ({ birthdayOn }),
  lastOn: ({ birthdayOn = '' }) => birthdayOn,
  slots: ({ birthdayOn = '' }) => ({ birthdayOn }),
  words: {
    member: { tip: '祝您生日快乐', text: ({ birthdayOn }) => `${birthdayOn}是您的生日，祝您生日快乐。` },
    associate: {
      tip: '请送上祝福',
      text: ({ member, birthdayOn }) => `会员${member}${birthdayOn}过生日，请送上祝福。`,
    },
  },
});

/** The first birthday on that day or after it. */
function birthdayFrom(bornOn: string, day: string): string {
  let years = Math.max(0, Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4)));
  while (addMonths(bornOn, 12 * years) < day) years += 1;
  return addMonths(bornOn, 12 * years);
}
