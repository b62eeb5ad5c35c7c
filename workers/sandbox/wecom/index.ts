/** 模拟的 qyapi.weixin.qq.com: a self-built application of a corp. */
import { Hono } from 'hono';
import { troubles } from '../state/faults.ts';
import type { SandboxApp } from '../here.ts';
import { answering, getToken } from './call.ts';
import { addContactWay, getContact, sendWelcome } from './contacts.ts';
import { injected, refusal } from './errors.ts';
import { sendMessage } from './send-message.ts';

export const wecom = new Hono<SandboxApp>();

wecom.use(troubles(injected));
wecom.get('/cgi-bin/gettoken', getToken);
wecom.all('/cgi-bin/message/send', answering('POST', sendMessage));
wecom.all('/cgi-bin/externalcontact/send_welcome_msg', answering('POST', sendWelcome));
wecom.all('/cgi-bin/externalcontact/add_contact_way', answering('POST', addContactWay));
wecom.all('/cgi-bin/externalcontact/get', answering('GET', getContact));
wecom.notFound(() => refusal(40066));
