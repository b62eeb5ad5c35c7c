/** 个人信息说明: what is stored, why, for how long, and how to have it erased (个人信息保护法). */
import type { FC } from 'hono/jsx';
import { publicPage } from '../page.ts';
import { leavePath, privacyPath } from '../paths.ts';

export const privacyPage = publicPage({
  path: privacyPath,
  title: '个人信息说明',
  get: async () => ({ body: (shopName) => <Privacy shopName={shopName} /> }),
});

const Privacy: FC<{ shopName: string }> = ({ shopName }) => (
  <article class="sheet text">
    <h1>个人信息说明</h1>
    <p class="lead">
      您注册会员时，资料交给{shopName}保管。{shopName}只为下面这些事使用它，不出售，也不用来做别的。
    </p>
    <h2>保存什么，为了什么</h2>
    <dl>
      <dt>手机号</dt>
      <dd>认出您是哪位会员，收银时积分、用券，必要时联系您。</dd>
      <dt>微信身份标识</dt>
      <dd>让您在微信里看到自己的积分和券，给您发通知。我们看不到您的微信号、昵称和好友。</dd>
      <dt>称呼</dt>
      <dd>怎么称呼您。可以不填。</dd>
      <dt>您的生日</dt>
      <dd>在生日前后给您送祝福。可以不填。</dd>
      <dt>宝宝的生日或预产期</dt>
      <dd>按月龄送合适的券和提醒。这是不满十四周岁孩子的信息，请由父母或监护人填写；选「暂无」也能注册。</dd>
      <dt>消费、积分和优惠券记录</dt>
      <dd>计算积分和优惠，处理退换货。</dd>
    </dl>
    <h2>保存多久</h2>
    <p>
      在您是会员期间保存。短信验证码五分钟后失效；为了限制发送次数，号码只以无法还原的形式短暂保留，隔天清除。您取消关注公众号时，微信提供的资料随即删除。
    </p>
    <p>
      注册礼每人一次。为了不重复发放，注册时会用手机号和微信身份标识各算出一段摘要，自注册起保存两年；取消关注或注销以后也保留到期满。摘要还原不出您的手机号和微信，也不与别的资料放在一起。
    </p>
    <h2>交给谁</h2>
    <p>
      短信由短信服务商发送，通知由微信发送，数据存放在{shopName}
      租用的云服务上。除此以外不提供给任何人，法律另有规定的除外。
    </p>
    <h2>您可以做什么</h2>
    <p>
      在会员中心查看自己的资料，换手机号；别的想更正，请告诉店员；不想再当会员，可以自己
      <a href={leavePath}>注销</a>
      ，姓名、手机号、生日、微信和宝宝的资料会删除，留下的账目里不再有您的名字，注册礼的摘要保留到两年期满。系统和日志里的副本在几天内清除，数据库备份里的随备份到期消失，最长30天。
    </p>
    <p>有疑问，请到店里问，或在公众号里留言。</p>
  </article>
);
