/** 改标签: one member's tags by dictionary, those that were only written, and her groups. */
import type { FC } from 'hono/jsx';
import { EventId, type TagDictionary } from '../../../../schema/index.ts';
import { tagMember, towards } from '../../../commands/tags/tag-member.ts';
import type { MemberHoldings } from '../../../db/members/members.ts';
import { tagOfGroup, type WornTag } from '../../../decide/tags/worn.ts';
import { newWord } from '../../keys.ts';
import { tokenField } from '../../posted.tsx';
import { office } from '../kit/nav.ts';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { NotFound } from '../kit/refusals.tsx';
import { screen } from '../kit/screen.ts';
import type { ConsoleView } from '../kit/shell.tsx';
import type { Visit } from '../kit/visit.ts';
import { keyField, keyIn } from '../members/act-form.tsx';
import { membersPath } from '../members/list.tsx';
import { backToMembers, memberFor } from '../members/profile.tsx';
import {
  fieldOfDictionary,
  othersField,
  othersOf,
  refusedTagWords,
  tagsIn,
  tagShop,
  whenceWords,
  type TagShop,
} from '../../../views/tags.ts';

export const memberTagScreen = screen({
  path: `${membersPath}/:id/tags`,
  title: '改标签',
  who: office,
  get: async (visit) => {
    const found = await memberFor(visit);
    if (!found) return NotFound('这位会员', backToMembers);
    return view(visit, found, await tagShop(visit.db), null);
  },
  post: async (visit, form) => {
    const [found, shop] = [await memberFor(visit), await tagShop(visit.db)];
    if (!found) return NotFound('这位会员', backToMembers);
    const wanted = tagsIn(form, shop);
    if ('fault' in wanted) return view(visit, found, shop, wanted.fault);
    const { id } = found.member;
    // A group that is put away is in no form, and stays.
    const away = found.groups.filter((one) => !shop.groups.some((group) => group.id === one));
    const groups = [...form.getAll('group'), ...away];
    const done = await tagMember(
      visit.deps.engine,
      {
        id: EventId.parse(`office_${keyIn(form)}`),
        memberId: id,
        tagging: towards(
          [...found.tags, ...found.groups.map(tagOfGroup)],
          [...wanted.tags, ...groups.map(tagOfGroup)],
        ),
      },
      visit.now,
    );
    if ('undecided' in done) return view(visit, found, shop, '没有存成：请稍后再试。');
    if ('refusal' in done) return view(visit, found, shop, refusedTagWords(done.refusal));
    const before = { tags: found.tags, groups: found.groups };
    await record(visit, { act: 'member.tags', subject: id, before, after: { ...wanted, groups } });
    return visit.context.redirect(saying(`${membersPath}/${id}`, 'saved'), 303);
  },
});

function view(visit: Visit, found: MemberHoldings, shop: TagShop, fault: string | null): ConsoleView {
  const { dictionaries, groups } = shop;
  const others = othersOf(found.tags, shop);
  return {
    ...(fault !== null && { status: 422 as const }),
    lead: '按规则或因为买过东西自动贴上的，也可以拿掉：拿掉以后，要等规则重新满足才会再贴上。',
    body: (
      <form class="sheet" method="post" action={`${membersPath}/${found.member.id}/tags`}>
        {fault !== null && (
          <p class="note stop" role="alert">
            {fault}
          </p>
        )}
        <input type="hidden" name={tokenField} value={visit.token} />
        <input type="hidden" name={keyField} value={newWord()} />
        {dictionaries.map((one) => (
          <Dictionary dictionary={one} worn={found.wornTags} />
        ))}
        <div class="field">
          <label for={othersField}>
            其他标签<small> 选填</small>
          </label>
          <span class="help">随手写的，用顿号隔开，比如“双胞胎、只用有机”。</span>
          <textarea id={othersField} name={othersField} rows={2}>
            {others.join('、')}
          </textarea>
        </div>
        {groups.length > 0 && (
          <Ticks
            legend="分组"
            options={groups.map(({ id, definition }) => ({
              value: id,
              label: definition.name,
              isOn: found.groups.includes(id),
            }))}
            name="group"
          />
        )}
        <p class="buttons">
          <button class="first">保存</button>
        </p>
      </form>
    ),
  };
}

const Dictionary: FC<{ dictionary: TagDictionary; worn: readonly WornTag[] }> = ({ dictionary, worn }) => {
  const { definition } = dictionary;
  const options = definition.tags.map((tag) => {
    const found = worn.find((one) => one.tag === tag);
    const whence = found && !found.byHand ? `（${whenceWords(found)}）` : '';
    return { value: tag, label: `${tag}${whence}`, isOn: found !== undefined };
  });
  const free = { value: '', label: '没有', isOn: !options.some(({ isOn }) => isOn) };
  return (
    <Ticks
      legend={definition.name}
      name={fieldOfDictionary(dictionary)}
      isSingle={definition.single}
      options={definition.single ? [free, ...options] : options}
    />
  );
};

type TicksProps = {
  legend: string;
  name: string;
  options: readonly { value: string; label: string; isOn: boolean }[];
  isSingle?: boolean;
};

const Ticks: FC<TicksProps> = ({ legend, name, options, isSingle = false }) => (
  <fieldset class="field">
    <legend>{legend}</legend>
    <div class="checks">
      {options.map(({ value, label, isOn }) => (
        <label class="tick">
          <input type={isSingle ? 'radio' : 'checkbox'} name={name} value={value} checked={isOn} />
          {label}
        </label>
      ))}
    </div>
  </fieldset>
);
