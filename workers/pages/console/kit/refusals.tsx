/** 不给看: what a page says to somebody it is not for, or whose form is too old. */
import type { Person } from '../../../../schema/index.ts';
import { roleNames } from '../words/people.ts';
import { homeOfConsole } from './nav.ts';
import type { ConsoleView } from './shell.tsx';

const Sorry = ({ text, href, label }: { text: string; href: string; label: string }) => (
  <section class="sheet sorry">
    <p>{text}</p>
    <p>
      <a class="button" href={href}>
        {label}
      </a>
    </p>
  </section>
);

export const NoEntry = ({ role }: Person): ConsoleView => ({
  title: '这一页不归您管',
  status: 403,
  body: (
    <Sorry
      text={`您的身份是${roleNames[role]}。需要用到这一页，请老板在“人员”里调整。`}
      href={homeOfConsole}
      label="回到今天"
    />
  ),
});

export const StaleForm = (): ConsoleView => ({
  title: '请重新打开页面',
  status: 403,
  body: (
    <Sorry
      text="这一页放得太久了，没有保存，什么都没有改变。回到上一页刷新后再试一次。"
      href={homeOfConsole}
      label="回到今天"
    />
  ),
});

/** There is no such thing, or it belongs to a store that the person does not see: both look alike. */
export const NotFound = (what: string, back: { href: string; label: string }): ConsoleView => ({
  title: `没有找到${what}`,
  status: 404,
  body: <Sorry text="可能已经删掉了，也可能属于别的门店。" href={back.href} label={back.label} />,
});
