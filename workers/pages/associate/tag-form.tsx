/** 贴标签的表单: which members, which tags. */
import type { FC } from 'hono/jsx';
import type { OwnMember } from '../../db/coupons/pushes.ts';
import { fieldOfDictionary, othersField, othersOf, type TagShop } from '../../views/tags.ts';
import { tagsPath } from '../paths.ts';
import { maskedPhone } from '../words.ts';

export const Note: FC<{ wrong: string | null; done: string | null }> = ({ wrong, done }) => (
  <>
    {wrong !== null && (
      <p class="note stop" role="alert">
        {wrong}
      </p>
    )}
    {wrong === null && done !== null && (
      <p class="note" role="status">
        {done}
      </p>
    )}
  </>
);

type TickProps = { type: 'radio' | 'checkbox'; name: string; value: string; label: string; isOn?: boolean };

export const Tick: FC<TickProps> = ({ type, name, value, label, isOn = false }) => (
  <label>
    <input type={type} name={name} value={value} checked={isOn} />
    <span>{label}</span>
  </label>
);

export const Members: FC<{ members: readonly OwnMember[] }> = ({ members }) => (
  <fieldset class="agree">
    <legend>给谁（点名字，看这一位的标签）</legend>
    {members.length === 0 && <p class="empty">没有找到您的会员。</p>}
    {members.map(({ id, name, phone }) => (
      <label>
        <input type="checkbox" name="member" value={id} />
        <span>
          <a href={`${tagsPath}?of=${encodeURIComponent(id)}`}>{name ?? '会员'}</a>{' '}
          {phone === null ? '' : maskedPhone(phone)}
        </span>
      </label>
    ))}
  </fieldset>
);

/** Of many nothing is ticked, and a single choice may be left alone. */
export const Tags: FC<{ shop: TagShop; worn: readonly string[]; isOne?: boolean }> = ({
  shop,
  worn,
  isOne = false,
}) => (
  <>
    {shop.dictionaries.map((dictionary) => {
      const { name, single, tags } = dictionary.definition;
      const field = fieldOfDictionary(dictionary);
      const type = single ? 'radio' : 'checkbox';
      return (
        <fieldset class="agree">
          <legend>{name}</legend>
          {single && (
            <Tick
              type={type}
              name={field}
              value=""
              label={isOne ? '没有' : '不动'}
              isOn={!tags.some((tag) => worn.includes(tag))}
            />
          )}
          {tags.map((tag) => (
            <Tick type={type} name={field} value={tag} label={tag} isOn={worn.includes(tag)} />
          ))}
        </fieldset>
      );
    })}
    <div class="field">
      <label for={othersField}>其他标签，用顿号隔开</label>
      <input id={othersField} name={othersField} value={othersOf(worn, shop).join('、')} />
    </div>
  </>
);
