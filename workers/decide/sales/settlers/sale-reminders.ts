/** 提醒: purchases and returns move the reminders that follow from sales; history sets none. */
import { remindersAfter } from '../../members/reminders.ts';
import type { Settler } from './define.ts';

export const saleReminders: Settler = (world, settlement) => {
  const { sale, member, at } = settlement;
  if (sale.isHistory) return [];
  return remindersAfter(world, { type: 'sale.settled', member, at, settlement });
};
