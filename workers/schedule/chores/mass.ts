/** 群发: continues mass messages, a bounded number of pages a turn. */
import { wakingHours } from '../../decide/plain/quiet.ts';
import { sendMass } from '../mass/mass.ts';
import type { Chore } from './define.ts';

export const mass: Chore = {
  name: 'mass',
  label: '群发消息',
  // The free plan sends a page of 2,000 in every turn: thirty thousand people an hour.
  // By day: what is left in the evening goes on in the morning.
  when: { everyMinutes: { free: 4, paid: 1 }, hours: wakingHours },
  budget: { free: { statements: 12, cpuMs: 4 }, paid: { statements: 260, cpuMs: 2_000 } },
  run: async ({ mass: sending }, now) => {
    if (sending) await sendMass(sending, now);
  },
};
