/** 发件: sends messages whose ring was lost or whose time has come. */
import { sendDue } from '../../work.ts';
import { everyMinute, type Chore } from './define.ts';

export const messages: Chore = {
  name: 'messages',
  label: '发送消息',
  when: { everyMinutes: everyMinute },
  budget: { free: { statements: 9, cpuMs: 2.5 }, paid: { statements: 9, cpuMs: 500 } },
  run: sendDue,
};
