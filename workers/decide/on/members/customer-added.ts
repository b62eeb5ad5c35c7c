/** 企业微信新客户: greeted once, within twenty seconds, by the employee whose customer they became. */
import type { Contact, CustomerAdded } from '../../../../schema/index.ts';
import { accept, type Decision, type Effect } from '../../effects.ts';
import { render } from '../../plain/texts.ts';
import type { On } from '../define.ts';
import type { World } from '../../world.ts';

export const customerAdded: On<CustomerAdded> = {
  needs: ({ wecomUserId }, ask) => ask.wecomUser(wecomUserId),
  decide: onCustomerAdded,
};

function onCustomerAdded(world: World, event: CustomerAdded): Decision {
  const { id, wecomUserId, externalUserId, welcomeCode, occurredAt } = event;
  const { shopName, wechat } = world.config.settings;
  const associate = [...world.associates.values()].find((one) => one.wecomUserId === wecomUserId) ?? null;
  const contact: Omit<Contact, 'seq'> = {
    thread: `wecom:${externalUserId}`,
    memberId: null,
    associateId: associate?.id ?? null,
    direction: 'in',
    channel: 'wecom',
    kind: 'added',
    text: null,
    cause: id,
    at: occurredAt,
    readAt: null,
  };
  const effects: Effect[] = event.isKnown ? [] : [{ type: 'contact.add', note: contact }];
  // Without a code the WeCom console greets by itself, or the two already talk.
  if (welcomeCode === null || wechat.wecomWelcome === null) return accept(effects);
  const rendered = render(wechat.wecomWelcome, {
    店名: shopName,
    ...(associate && { 导购: associate.name }),
  });
  effects.push({
    type: 'message.queue',
    note: {
      cause: `${id}/welcome`,
      kind: 'wecom-welcome',
      memberId: null,
      associateId: null,
      payload: {
        welcomeCode,
        askedAt: occurredAt,
        ...('text' in rendered ? { text: rendered.text } : { missing: rendered.missing }),
      },
      // Sent before every other pending message.
      dueAt: 0,
    },
  });
  return accept(effects);
}
