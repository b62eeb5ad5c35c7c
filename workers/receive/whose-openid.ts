/** 哪个公众号的openid: a source may say once whose openids it sends, for systems that do not say it with each. */
import type { DomainEvent, MemberRef, Source } from '../../schema/index.ts';

/** The event with the app beside every openid that came without one, wherever an event names a member. */
export function underApp(event: DomainEvent, config: Source['config']): DomainEvent {
  const appId = config?.['wechatAppId'];
  if (typeof appId !== 'string') return event;
  const under = <Ref extends MemberRef | null | undefined>(ref: Ref): Ref =>
    ref?.openid && ref.appId == null ? { ...ref, appId } : ref;
  if (event.type === 'member.merged') return { ...event, from: under(event.from), into: under(event.into) };
  if (event.type === 'member.created' || event.type === 'member.updated' || event.type === 'member.deleted')
    // The same event: what names the member is the whole of what it says.
    return { ...event, data: under(event.data) } as DomainEvent;
  if (!('data' in event) || !('member' in event.data)) return event;
  return { ...event, data: { ...event.data, member: under(event.data.member) } } as DomainEvent;
}
