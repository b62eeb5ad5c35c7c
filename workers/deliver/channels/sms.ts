/** 短信: the last resort, because it costs money; marketing only to those who agreed, and seldom. */
import { defaultTimezone } from '../../../schema/index.ts';
import { dayMs } from '../../decide/plain/dates.ts';
import { whenAwake } from '../../decide/plain/quiet.ts';
import { standIns } from '../fit-card.ts';
import { reasons } from '../words/reasons.ts';
import type { Channel, Context, Objection } from './define.ts';

const marketingMax = 2;
const marketingDays = 7;

/** Every marketing message must say how to unsubscribe. */
const optOut = '拒收请回复R';

const isMobile = (phone: string | null): boolean => phone !== null && /^1\d{10}$/.test(phone);
const since = ({ now }: Context): number => now - marketingDays * dayMs;

export const sms: Channel = {
  name: 'sms',
  label: '短信',
  line: 'sms',
  costMilliYuan: 50,
  permits: (context) => {
    const { message, recipient, settings } = context;
    if (!settings.sms.on) return reasons.smsOff;
    if (settings.sms.signName === '') return reasons.noSmsSign;
    if (!settings.sms.templates[message.kind]) return reasons.noTemplate;
    if (!isMobile(recipient.phone)) return reasons.noPhone;
    return message.purpose === 'marketing' ? marketingObjection(context) : null;
  },
  quota: (context) =>
    context.message.purpose === 'marketing'
      ? {
          kind: 'marketing-sms',
          key: [context.recipient.memberId ?? ''],
          limits: [marketingMax, since(context)],
        }
      : null,
  exhaustedBy: new Set(),
  send: ({ message, recipient, settings }, lines) => {
    const { signName, templates } = settings.sms;
    const template = templates[message.kind];
    return lines.sms({
      phone: recipient.phone ?? '',
      templateId: template?.id ?? '',
      params: Object.entries(template?.params ?? {}).map(([name, slot]) => ({
        name,
        value: message.slots[slot] ?? '',
        standIn: standIns[slot],
        // An offer without its end is another offer.
        ...(message.purpose === 'marketing' && { isWhole: true }),
      })),
      signName,
      text: message.purpose === 'marketing' ? `${message.text} ${optOut}` : message.text,
    });
  },
};

function marketingObjection(context: Context): Objection | null {
  const { marketingSmsAt } = context.recipient;
  if (marketingSmsAt === null) return reasons.noSmsConsent;
  const recent = marketingSmsAt.filter((at) => at > since(context));
  if (recent.length >= marketingMax) return reasons.smsCapReached(marketingDays, marketingMax);
  const waitMs = whenAwake(context.now, defaultTimezone) - context.now;
  return waitMs > 0 ? { why: reasons.quietHours, again: { afterSeconds: Math.ceil(waitMs / 1000) } } : null;
}
