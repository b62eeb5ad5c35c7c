/** 短信与支付: what is connected, what is missing and what to do about it, asked of the providers without sending or paying. */
import type { FC, PropsWithChildren } from 'hono/jsx';
import type { MerchantSettings, SmsSettings } from '../../../../schema/index.ts';
import type { Finding } from '../../../commands/diagnosis/finding.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { Numbered } from '../access/how-to.tsx';
import { owner, technical } from '../kit/nav.ts';
import { Facts, Mark, Raw, Sheet, Table, type Fact } from '../kit/parts.tsx';
import { screen } from '../kit/screen.ts';
import { isOneOf, type Visit } from '../kit/visit.ts';
import {
  channelsWords as words,
  payCommands,
  payHow,
  providerNames,
  smsCommands,
  smsHow,
} from '../words/access/channels.ts';
import { noticeTimes, templateMarks } from '../words/access/states.ts';
import { wechatWords } from '../words/access/wechat.ts';
import { nameOfNotice, smsKinds } from '../words/notices.ts';
import { Findings } from './findings.tsx';
import { testPath } from './test-text.tsx';

const path = '/console/channels';

export const channelsScreen = screen({
  path,
  title: '短信与支付',
  who: technical,
  get: async (visit) => {
    const { checks } = visit.deps;
    const [{ sms, pay }, settings] = await Promise.all([checks.channels(), readSettings(visit.db)]);
    const isOwner = isOneOf(visit.person, owner);
    const paid = pay.isAsked ? words.payGood : null;
    return {
      lead: words.lead,
      acts: (
        <a class="button first" href={path}>
          {wechatWords.again}
        </a>
      ),
      body: (
        <>
          <Sheet title={words.sms}>
            <Facts facts={smsFacts(visit, settings.sms)} />
            <Findings found={sms} />
            {sms.length === 0 && <p class="note good">{words.smsGood}</p>}
            <SmsTemplates sms={settings.sms} />
            <How steps={smsHow} commands={smsCommands} isOpen={isToMend(sms)} />
            {isOwner && (
              <Buttons>
                <a class="button" href="/console/settings/sms">
                  {words.smsLink}
                </a>
                <a class="button" href={testPath}>
                  {words.test}
                </a>
              </Buttons>
            )}
          </Sheet>
          <Sheet title={words.pay}>
            <Facts facts={payFacts(visit, settings)} />
            <Findings found={pay.findings} />
            {paid !== null && <p class="note good">{paid}</p>}
            <How steps={payHow} commands={payCommands} isOpen={isToMend(pay.findings)} />
            {isOwner && (
              <Buttons>
                <a class="button" href="/console/settings/payout">
                  {words.payLink}
                </a>
              </Buttons>
            )}
          </Sheet>
        </>
      ),
    };
  },
});

const isToMend = (found: readonly Finding[]): boolean => found.some(({ isFatal }) => isFatal);
const onOff = (isOn: boolean): string => (isOn ? words.isOn : words.isOff);

const smsFacts = ({ deps: { checks } }: Visit, { on, signName }: SmsSettings): Fact[] => [
  [words.provider, providerNames[checks.smsProvider] ?? checks.smsProvider],
  [words.switch, onOff(on)],
  [words.sign, signName === '' ? words.noSign : `【${signName}】`],
  [words.relay, checks.relays.sms ?? words.direct],
];

const payFacts = ({ deps: { checks, confirming } }: Visit, { payout }: MerchantSettings): Fact[] => [
  ...(confirming ? [[words.merchant, confirming.mchId] as const] : []),
  [words.mode, onOff(payout.mode === 'transfer')],
  [words.relay, checks.relays.pay ?? words.direct],
];

const Buttons: FC<PropsWithChildren> = ({ children }) => <p class="buttons">{children}</p>;

const How: FC<{ steps: readonly string[]; commands: readonly string[]; isOpen: boolean }> = ({
  steps,
  commands,
  isOpen,
}) => (
  <details open={isOpen}>
    <summary>{wechatWords.how}</summary>
    <Numbered steps={steps} />
    <Raw label="命令">{commands.join('\n')}</Raw>
  </details>
);

const SmsTemplates: FC<{ sms: SmsSettings }> = ({ sms: { templates } }) => (
  <Table
    caption={words.smsCaption}
    rows={smsKinds}
    empty=""
    columns={[
      { label: '短信', show: nameOfNotice },
      { label: '什么时候', show: (kind) => noticeTimes[kind] ?? '' },
      {
        label: '状态',
        show: (kind) => {
          if (kind === 'text') return <Mark>{words.marketing}</Mark>;
          const isThere = templates[kind] !== undefined;
          return (
            <Mark tone={isThere ? 'good' : 'plain'}>{isThere ? templateMarks.good : templateMarks.none}</Mark>
          );
        },
      },
    ]}
  />
);
