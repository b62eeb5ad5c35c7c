/** 找会员的条件: what a list of members is looked through for. */
import type { FC } from 'hono/jsx';
import type { MemberGroup } from '../../../../schema/index.ts';
import { Select } from '../form/select.tsx';
import type { Visit } from '../kit/visit.ts';
import { nameOfGroup } from '../tags/many-form.tsx';

const textLengthMax = 60;

export type Looking = {
  readonly text: string;
  readonly level: string | null;
  readonly tag: string | null;
  readonly group: string | null;
};

export const lookingFor = ({ query }: Visit): Looking => ({
  text: (query.get('q') ?? '').trim().slice(0, textLengthMax),
  level: query.get('level')?.trim() || null,
  tag: query.get('tag')?.trim() || null,
  group: query.get('group') || null,
});

export const asQuery = ({ text, level, tag, group }: Looking): URLSearchParams =>
  new URLSearchParams({
    ...(text !== '' && { q: text }),
    ...(level !== null && { level }),
    ...(tag !== null && { tag }),
    ...(group !== null && { group }),
  });

export function captionOf({ text, tag, group }: Looking): string {
  if (text !== '') return `找“${text}”`;
  if (group !== null) return '组里的会员';
  return tag === null ? '全部会员' : `有“${tag}”的会员`;
}

type Props = { path: string; looking: Looking; groups: readonly MemberGroup[] };

export const Filters: FC<Props> = ({ path, looking, groups }) => {
  const { text, level, tag, group } = looking;
  return (
    <form class="filters" method="get" action={path}>
      <div class="field">
        <label for="q">找会员</label>
        <input id="q" name="q" value={text} autofocus />
      </div>
      <div class="field short">
        <label for="level">等级</label>
        <input id="level" name="level" value={level ?? ''} />
      </div>
      <div class="field short">
        <label for="tag">标签</label>
        <input id="tag" name="tag" value={tag ?? ''} />
      </div>
      {groups.length > 0 && (
        <div class="field short">
          <label for="group">分组</label>
          <Select name="group" value={group ?? ''} options={groups.map(nameOfGroup)} isOpen />
        </div>
      )}
      <button class="first">查找</button>
    </form>
  );
};
