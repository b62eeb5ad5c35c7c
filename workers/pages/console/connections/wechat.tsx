/** 公众号: from nothing to an account that works, step by step, each with its state of just now and what to do about it. */
import type { FC } from 'hono/jsx';
import type { MerchantSettings } from '../../../../schema/index.ts';
import type { Diagnosis, Finding } from '../../../commands/diagnosis/finding.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { Numbered } from '../access/how-to.tsx';
import { owner, technical } from '../kit/nav.ts';
import { Mark, Raw, Sheet, Table, type Tone } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import { noticeTimes, stepMarks, templateMarks } from '../words/access/states.ts';
import { wechatSteps, wechatWords, type StepWords } from '../words/access/wechat.ts';
import { templateKinds } from '../words/notices.ts';
import { messageKindNames } from '../words/promotions/happenings.ts';
import { fill, Findings, stepOf } from './findings.tsx';

const path = '/console/wechat';
/** WeChat alone can say that these are in order. */
const askedSteps = ['account', 'credentials', 'relay', 'templates'];

type Look = Diagnosis & {
  readonly settings: MerchantSettings;
  /** What is this deployment’s own, by the name that the steps give it. */
  readonly own: Readonly<Record<string, string>>;
  readonly isOwner: boolean;
};

export const wechatScreen = screen({
  path,
  title: '公众号',
  who: technical,
  get: async (visit) => {
    const [diagnosis, settings] = await Promise.all([visit.deps.checks.wechat(), readSettings(visit.db)]);
    const own = ownOf(visit, settings);
    const look: Look = { ...diagnosis, settings, own, isOwner: isOneOf(visit.person, owner) };
    const isBlocked = !diagnosis.isAsked && diagnosis.findings.some(({ isFatal }) => isFatal);
    return {
      lead: wechatWords.lead,
      acts: (
        <a class="button first" href={path}>
          {wechatWords.again}
        </a>
      ),
      body: (
        <>
          {isBlocked && <p class="note">{wechatWords.fatalFirst}</p>}
          {diagnosis.findings.length === 0 && <p class="note good">{wechatWords.allGood}</p>}
          {settings.publicUrl !== null && own['here'] !== own['origin'] && (
            <p class="note">{fill(wechatWords.elsewhere, own)}</p>
          )}
          {wechatSteps.map((step, place) => (
            <Step step={step} place={place + 1} look={look} />
          ))}
        </>
      ),
    };
  },
});

/** WeChat calls from outside: by the address that members use, where the shop has one. */
function ownOf({ deps, context }: Visit, { publicUrl }: MerchantSettings): Look['own'] {
  const here = new URL(context.req.url).origin;
  const { origin, hostname } = new URL(publicUrl ?? here);
  const relay = deps.checks.relays.wechat ?? wechatWords.noRelay;
  return { here, origin, host: hostname, callback: `${origin}/hooks/wechat`, relay };
}

function toneOf({ key }: StepWords, { findings, isAsked }: Diagnosis): Tone {
  const own = findings.filter((finding) => stepOf(finding) === key);
  if (own.length > 0) return own.some(({ isFatal }) => isFatal) ? 'stop' : 'wait';
  // Whose address is refused has shown who it is.
  const isKnown = isAsked || (key === 'credentials' && findings.some(isUnlisted));
  return isKnown || !askedSteps.includes(key) ? 'good' : 'plain';
}

const isUnlisted = ({ code }: Finding): boolean => code.startsWith('ip-not-whitelisted');

const Step: FC<{ step: StepWords; place: number; look: Look }> = ({ step, place, look }) => {
  const { key, title, why, works, link, isForPhone } = step;
  const tone = toneOf(step, look);
  const isPhones = isForPhone === true && tone === 'good';
  return (
    <Sheet title={`${String(place)}. ${title}`}>
      <p>
        <Mark tone={isPhones ? 'plain' : tone}>{isPhones ? stepMarks.phone : stepMarks[tone]}</Mark> {why}
      </p>
      <Findings found={look.findings.filter((finding) => stepOf(finding) === key)} />
      <details open={tone === 'stop' || tone === 'wait'}>
        <summary>{wechatWords.how}</summary>
        <HowTo step={step} look={look} />
      </details>
      {key === 'templates' && <Templates look={look} />}
      <p class="help">
        {wechatWords.works}
        {fill(works, look.own)}
      </p>
      {link && look.isOwner && (
        <p class="buttons">
          <a class="button" href={link.href}>
            {link.label}
          </a>
        </p>
      )}
    </Sheet>
  );
};

const HowTo: FC<{ step: StepWords; look: Look }> = ({ step: { key, how, copies = [], commands }, look }) => (
  <>
    <Numbered steps={how.map((line) => fill(line, look.own))} />
    {copies.map(({ label, value }) => (
      <Copy id={key} label={label} value={fill(value, look.own)} />
    ))}
    {commands && <Raw label="命令">{commands.join('\n')}</Raw>}
    {key === 'callback' && look.findings.some(isUnset) && (
      <>
        <p class="help">{wechatWords.made}</p>
        <Copy id="token" label={wechatWords.madeToken} value={madeUp(32)} />
        <Copy id="key" label={wechatWords.madeKey} value={madeUp(43)} />
      </>
    )}
  </>
);

const isUnset = ({ code }: Finding): boolean => /^setting\.(token|encodingAESKey)\./.test(code);

const Copy: FC<{ id: string; label: string; value: string }> = ({ id, label, value }) => (
  <div class="field">
    <label for={`copy-${id}`}>{label}</label>
    <input id={`copy-${id}`} value={value} readonly />
  </div>
);

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits, each as likely as any other. */
export function madeUp(length: number): string {
  const fair = 256 - (256 % letters.length);
  let made = '';
  while (made.length < length)
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < fair && made.length < length) made += letters.charAt(byte % letters.length);
  return made;
}

const Templates: FC<{ look: Look }> = ({ look: { settings, findings, isAsked } }) => (
  <Table
    caption={wechatWords.caption}
    rows={templateKinds}
    empty=""
    columns={[
      { label: '消息', show: (kind) => messageKindNames[kind] ?? kind },
      { label: '什么时候', show: (kind) => noticeTimes[kind] ?? '' },
      {
        label: '状态',
        show: (kind) => {
          if (!settings.wechatTemplates[kind]) return <Mark>{templateMarks.none}</Mark>;
          if (findings.some(({ facts }) => facts?.['kind'] === kind))
            return <Mark tone="wait">{stepMarks.wait}</Mark>;
          return isAsked ? (
            <Mark tone="good">{templateMarks.good}</Mark>
          ) : (
            <Mark>{templateMarks.unsure}</Mark>
          );
        },
      },
    ]}
  />
);
