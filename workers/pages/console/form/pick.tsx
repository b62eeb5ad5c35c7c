/** 选商品的一栏: what is chosen stands ticked under its name; more is found by name, or typed as codes. Whole without a script. */
import type { FC } from 'hono/jsx';
import type { Named } from '../../../db/shop/goods.ts';
import { Mark } from '../kit/parts.tsx';
import { findWords, goodsNames, unseenWords } from '../words/forms/promotions/picks.ts';
import type { Leaf } from './field.ts';
import { Fault, wordsOf, type Props } from './drawing.tsx';
import { kindOf, type Found, type Goods } from './picks.ts';
import { actName, codesIn, findName, moreName, warnedName } from './typed.ts';

export const PickField: FC<Props<Leaf> & { goods: Goods }> = ({ field, drawing, path, goods }) => {
  const kind = kindOf(field, drawing.typed, path);
  const name = goodsNames[kind];
  const codes = codesIn(drawing.typed, path);
  const unseen = codes.filter((code) => goods.nameOf(kind, code) === undefined);
  const found = goods.found(kind, path);
  return (
    <fieldset class={drawing.faults.has(path) ? 'field bad' : 'field'}>
      <legend>{name}</legend>
      {wordsOf(drawing, field).help !== undefined && <span class="help">{wordsOf(drawing, field).help}</span>}
      <div class="checks">
        {codes.map((code) => (
          <Ticked path={path} code={code} name={goods.nameOf(kind, code)} />
        ))}
      </div>
      {unseen.length > 0 && <p class="help">{unseenWords.help}</p>}
      {unseen.map((code) => (
        <input type="hidden" name={warnedName(path)} value={code} />
      ))}
      {found && <FoundList path={path} name={name} found={found} codes={codes} />}
      <Fault drawing={drawing} path={path} />
      {kind !== 'store' && <Finding path={path} name={name} />}
      <details>
        <summary>{findWords.typed}</summary>
        <label class="help" for={moreName(path)}>
          {findWords.typedHelp}
        </label>
        <textarea id={moreName(path)} name={moreName(path)} rows={2}></textarea>
      </details>
    </fieldset>
  );
};

const Ticked: FC<{ path: string; code: string; name: string | undefined }> = ({ path, code, name }) => (
  <label class="tick">
    <input type="checkbox" name={path} value={code} checked />
    <span>
      {name ?? code}{' '}
      {name === undefined ? <Mark tone="wait">{unseenWords.mark}</Mark> : <Code code={code} name={name} />}
    </span>
  </label>
);

/** A brand and a tag are called what they are coded as. */
const Code: FC<Named> = ({ code, name }) => (name === code ? <></> : <small>{code}</small>);

const Finding: FC<{ path: string; name: string }> = ({ path, name }) => (
  <div class="field">
    <label for={findName(path)}>{findWords.label(name)}</label>
    <span class="help">{findWords.help}</span>
    <span class="withunit">
      <input id={findName(path)} name={findName(path)} type="search" maxlength={60} autocomplete="off" />
      <button name={actName} value={`find:${path}`} formnovalidate>
        找
      </button>
    </span>
  </div>
);

const FoundList: FC<{ path: string; name: string; found: Found; codes: readonly string[] }> = ({
  path,
  name,
  found: { part, items, isMore },
  codes,
}) => {
  const others = items.filter(({ code }) => !codes.includes(code));
  if (items.length === 0)
    return <p class="help">{part === '' ? findWords.noneAtAll(name) : findWords.none(part, name)}</p>;
  if (others.length === 0) return <></>;
  return (
    <fieldset class="found">
      <legend class="help">{findWords.found(part, name)}</legend>
      <div class="checks">
        {others.map(({ code, name: called }) => (
          <label class="tick">
            <input type="checkbox" name={path} value={code} />
            <span>
              {called} <Code code={code} name={called} />
            </span>
          </label>
        ))}
      </div>
      {isMore && <p class="help">{findWords.more}</p>}
    </fieldset>
  );
};
