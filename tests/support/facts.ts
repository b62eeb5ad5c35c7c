/** What predicates may look at: a member of level 银卡 who never bought before, in the shop 天河店, with an empty basket. */
import { defaultTimezone, type MemberId } from '../../schema/index.ts';
import type { Facts } from '../../workers/decide/predicates/define.ts';
import { sumBasket } from '../../workers/decide/sales/basket.ts';
import { at, ordinaryDay } from './builders.ts';

type FactsGiven = Partial<Omit<Facts, 'member'>> & { readonly member?: Partial<Facts['member']> };

export const facts = ({ member, ...given }: FactsGiven = {}): Facts => ({
  storeId: '8005',
  at: at(ordinaryDay),
  timezone: defaultTimezone,
  ordersBefore: 0,
  basket: sumBasket([]),
  wears: (tag) => tag === '奶粉客',
  streakDays: 1,
  paidFen: 0,
  plan: '',
  packageId: '',
  said: '',
  ...given,
  member: {
    id: 'ext:pos:M1' as MemberId,
    name: null,
    phone: null,
    level: '银卡',
    superUntil: null,
    createdAt: 0,
    mergedInto: null,
    deletedAt: null,
    joinedAt: null,
    source: null,
    children: null,
    birthdayOn: null,
    ...member,
  },
});
