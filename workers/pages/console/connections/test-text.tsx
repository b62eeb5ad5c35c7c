/** 测试短信: one real text to a phone that the owner types, asked again before it goes out, within the limits of all texts that forms send. */
import * as z from 'zod';
import type { SmsSettings } from '../../../../schema/index.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { sendText, type Sent } from '../../register/send-code.ts';
import { newCode } from '../../keys.ts';
import { checkForm, openForm, type FormSpec } from '../form/form.tsx';
import { maskedPhone } from '../kit/format.ts';
import { owner } from '../kit/nav.ts';
import { Confirm, isSure } from '../kit/parts.tsx';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { channelsWords as words, slotSamples, testWords } from '../words/access/channels.ts';
import { nameOfNotice, smsKinds } from '../words/notices.ts';
import { fill } from './findings.tsx';

export const testPath = '/console/channels/test';

const TestText = z.strictObject({
  phone: z
    .string()
    .trim()
    .regex(/^1[3-9]\d{9}$/),
  kind: z.string(),
});
type TestText = z.infer<typeof TestText>;

/** Marketing goes to nobody who has not agreed, not even to try it. */
const kindsIn = ({ templates }: SmsSettings): string[] =>
  smsKinds.filter((kind) => kind !== 'text' && templates[kind] !== undefined);

const isReady = ({ deps }: Visit, sms: SmsSettings): boolean =>
  deps.sms !== null && sms.on && sms.signName !== '' && kindsIn(sms).length > 0;

const specOf = ({ token }: Visit, sms: SmsSettings): FormSpec<TestText> => ({
  schema: TestText,
  words: testWords,
  choices: { kind: kindsIn(sms).map((value) => ({ value, label: nameOfNotice(value) })) },
  action: testPath,
  token,
  label: words.test,
});

export const testTextScreen = screen({
  path: testPath,
  title: '发一条测试短信',
  who: owner,
  get: async (visit) => {
    const { sms } = await readSettings(visit.db);
    if (!isReady(visit, sms)) return { body: <p class="note">{words.testNone}</p> };
    return { ...openForm(specOf(visit, sms), { kind: kindsIn(sms)[0] }), lead: words.testLead };
  },
  post: async (visit, form) => {
    const { sms } = await readSettings(visit.db);
    if (!isReady(visit, sms)) return { status: 409, body: <p class="note">{words.testNone}</p> };
    const checked = checkForm(specOf(visit, sms), form);
    if ('again' in checked) return checked.again;
    const { phone, kind } = checked.input;
    const template = sms.templates[kind];
    if (!template) return { status: 409, body: <p class="note">{words.testNone}</p> };
    const shown = { phone: maskedPhone(phone), kind: nameOfNotice(kind) };
    if (!isSure(form))
      return {
        body: (
          <Confirm
            action={testPath}
            token={visit.token}
            what={<p>{fill(words.ask, shown)}</p>}
            label={words.sure}
            back={testPath}
            fields={{ phone, kind }}
          />
        ),
      };
    const message = messageOf(sms, template, phone);
    const asking = {
      phone,
      openid: `person:${visit.person.id}`,
      address: visit.context.req.header('cf-connecting-ip') ?? 'unknown',
    };
    const sent = await sendText(visit.deps, asking, { code: newCode(), message }, visit.now);
    await record(visit, {
      act: 'sms.test',
      subject: shown.phone,
      before: null,
      after: { kind, outcome: sent.outcome },
    });
    return {
      body: (
        <>
          <p class={sent.outcome === 'sent' ? 'note good' : 'note stop'} role="status">
            {saidOf(sent)}
          </p>
          <p class="buttons">
            <a class="button" href={testPath}>
              {words.another}
            </a>
          </p>
        </>
      ),
    };
  },
});

type Template = SmsSettings['templates'][string];

const messageOf = ({ signName }: SmsSettings, { id, params }: Template, phone: string) => {
  const named = Object.entries(params);
  const variables = named.length > 0 ? named : [['code', 'code'] as const];
  return {
    phone,
    templateId: id,
    signName,
    params: variables.map(([name, slot]) => ({ name, value: slotSamples[slot] ?? '' })),
  };
};

function saidOf(sent: Sent): string {
  switch (sent.outcome) {
    case 'sent':
      return words.sent;
    case 'limited':
      return words.limited[sent.limit];
    case 'failed':
    case 'unsure':
      return fill(words[sent.outcome], { why: sent.why });
    case 'off':
      return words.testNone;
    default:
      return sent satisfies never;
  }
}
