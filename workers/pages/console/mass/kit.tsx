/** 群发的共同部分: where its pages are, what the shop can choose, and how the message looks on a phone. */
import type { FC } from 'hono/jsx';
import type { MassContent } from '../../../../schema/index.ts';
import { ask } from '../../../commands/account/official-account.ts';
import { listStores } from '../../../db/shop/stores.ts';
import { tagShop } from '../../../views/tags.ts';
import type { Choices } from '../form/words.ts';
import { nameOfGroup } from '../tags/many-form.tsx';
import type { Visit } from '../kit/visit.ts';

export const massPath = '/console/mass-messages';

/** The groups and stores that a mass message may go to. */
export async function massChoices({ db }: Visit): Promise<Choices> {
  const [{ groups }, stores] = await Promise.all([tagShop(db), listStores(db)]);
  return {
    group: groups.map(nameOfGroup),
    storeId: stores.map(({ id, name }) => ({ value: id, label: name })),
  };
}

export type Drafts = readonly { readonly value: string; readonly label: string }[];

/** Null when WeChat does not tell, or the shop has no account. */
export async function draftsOf({ deps }: Visit): Promise<Drafts | null> {
  const reply = await ask(deps.official ?? undefined, ({ drafts }) => drafts());
  if ('code' in reply || reply.drafts === null) return null;
  return reply.drafts.map(({ mediaId, articles }) => ({
    value: mediaId,
    label: articles.map(({ title }) => title).join('、') || mediaId,
  }));
}

export const titleOf = (drafts: Drafts | null, mediaId: string): string =>
  drafts?.find(({ value }) => value === mediaId)?.label ?? '图文';

/** As the conversation with the account shows it. */
export const OnPhone: FC<{ content: MassContent; drafts: Drafts | null }> = ({ content, drafts }) => (
  <div class="chat">
    {'text' in content ? (
      <p class="bubble">{content.text}</p>
    ) : (
      <p class="bubble article">
        <strong>{titleOf(drafts, content.mediaId)}</strong>
        <small>图文，封面和正文在公众号后台的草稿箱里看</small>
      </p>
    )}
  </div>
);
