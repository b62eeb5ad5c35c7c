/** 沙盒的动作: what people and testers can do, all under `/sandbox/api`. */
import { Hono } from 'hono';
import type { SandboxApp } from '../here.ts';
import { payments } from './pay.ts';
import { person } from './person.ts';
import { anything } from './push.ts';
import { tester } from './tester.ts';
import { corp } from './wecom.ts';
import { wishes } from './wishes.ts';

export const acts = new Hono<SandboxApp>();

for (const group of [person, wishes, anything, payments, tester]) acts.route('/', group);
acts.route('/wecom', corp);
