/** 给勾选的会员打标签: the boxes of a list of members, and what is done to those that are ticked, or to all who wear a tag. */
import type { FC } from 'hono/jsx';
import type { MemberGroup } from '../../../../schema/index.ts';
import type { Found } from '../../../db/members/level-filter.ts';
import { newWord } from '../../keys.ts';
import { tokenField } from '../../posted.tsx';
import { Select } from '../form/select.tsx';
import type { Column } from '../kit/parts.tsx';

export const taggingPath = '/console/members/tagging';
const formId = 'tagging';

export const nameOfGroup = ({ id, definition }: MemberGroup) => ({ value: id, label: definition.name });

/** The form stands below the table. */
export const tickColumn: Column<Found> = {
  label: '勾选',
  show: ({ member }) => (
    <label class="tick">
      <input
        type="checkbox"
        form={formId}
        name="member"
        value={member.id}
        aria-label={member.name ?? member.id}
      />
    </label>
  ),
};

const acts = [
  { value: 'put', label: '贴上' },
  { value: 'off', label: '拿掉' },
];
const moves = [
  { value: 'copy', label: '再贴上（复制到）' },
  { value: 'move', label: '换成（移动到）' },
];

type Props = { token: string; groups: readonly MemberGroup[]; from: string | null };

export const TagMany: FC<Props> = ({ token, groups, from }) => (
  <form id={formId} method="post" action={taggingPath}>
    <h3>批量打标签</h3>
    <input type="hidden" name={tokenField} value={token} />
    <input type="hidden" name="key" value={newWord()} />
    {from !== null && <input type="hidden" name="from" value={from} />}
    <div class="filters">
      {from !== null && (
        <div class="field short">
          <label for="who">给谁</label>
          <select id="who" name="who">
            <option value="ticked">勾选的</option>
            <option value="all">找到的全部（不止这一页）</option>
          </select>
        </div>
      )}
      <div class="field short">
        <label for="act">做什么</label>
        <Select name="act" value="put" options={from === null ? acts : [...acts, ...moves]} />
      </div>
      <div class="field short">
        <label for="to">标签</label>
        <input id="to" name="to" autocomplete="off" />
      </div>
      {groups.length > 0 && (
        <div class="field short">
          <label for="toGroup">或者分组</label>
          <Select name="toGroup" value="" options={groups.map(nameOfGroup)} isOpen />
        </div>
      )}
      <button class="first">开始</button>
    </div>
  </form>
);
