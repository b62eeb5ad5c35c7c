/** 提醒: purchases and returns move the reminders that follow from sales. */
import { remindersAfter } from '../../members/reminders.ts';
import type { Settler } from './define.ts';

export const saleReminders: Settler = (world, settlement) => {
  const { member, at } = settlement;
  return remindersAfter(world, { type: 'sale.settled', member, at, settlement });
};
