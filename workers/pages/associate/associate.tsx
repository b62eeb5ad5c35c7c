/** 导购首页: the associate who is logged in and their store, or how to bind an account. */
import type { FC } from 'hono/jsx';
import type { Posted } from '../../db/shop/associates.ts';
import { page } from '../page.ts';
import {
  associateHome,
  associateRedeemPath,
  logoutOf,
  ownMembersPath,
  pushesPath,
  pushPath,
  tagsPath,
} from '../paths.ts';
import { Message } from '../ui/message.tsx';
import { usualTitle } from '../ui/view.ts';
import { associate } from './gate.tsx';

export const associatePage = page({
  path: associateHome,
  title: usualTitle,
  who: associate,
  get: async ({ associate: own, store }) => ({ body: <Hello associate={own} store={store} /> }),
});

const Hello: FC<Posted> = ({ associate: own, store }) => (
  <>
    <Message title={`您好，${own.name}`}>
      {store ? `您在${store.name}。` : '您还没有分到门店，请店长在后台填上。'}
      会员发来的消息会转到您的微信。半小时内直接给公众号回话，就转给最后找您的那位会员，并告诉您转给了谁；没有转出去，也会告诉您。
    </Message>
    {store && (
      <a class="button" href={associateRedeemPath}>
        核销券
      </a>
    )}
    <p class="second">
      <a href={ownMembersPath}>我的会员</a>
    </p>
    <p class="second">
      <a href={pushPath}>给会员发券</a>
    </p>
    <p class="second">
      <a href={pushesPath}>我发的</a>
    </p>
    <p class="second">
      <a href={tagsPath}>给会员贴标签</a>
    </p>
    <p class="leave">
      <a href={logoutOf(associateHome)}>退出登录</a>
    </p>
  </>
);
