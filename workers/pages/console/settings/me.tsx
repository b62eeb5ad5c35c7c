/** 我的登录: the devices on which a person is signed in, and the WeChat account that lets them in. */
import type { FC } from 'hono/jsx';
import type { ConsoleSession } from '../../../../schema/index.ts';
import { idleMs } from '../../../commands/people/sign-in.ts';
import { endSession, sessionsOf } from '../../../db/people/entries.ts';
import { readSettings } from '../../../db/shop/settings.ts';
import { moment } from '../kit/format.ts';
import { everybody } from '../kit/nav.ts';
import { Act, Sheet, Table } from '../kit/parts.tsx';
import { saying } from '../kit/paths.ts';
import { record } from '../kit/record.ts';
import { screen } from '../kit/screen.ts';
import { offerBinding } from '../sign-in/bind.ts';
import { Code } from '../sign-in/code.tsx';
import { newScan, numberOf, scanUrl } from '../sign-in/scan.ts';
import { waitScript } from '../sign-in/wait-script.ts';

const path = '/console/me';
const bindPath = `${path}/wechat`;

const me = screen({
  path,
  title: '我的登录',
  who: everybody,
  get: async ({ db, person, session, now, token, deps }) => {
    const sessions = await sessionsOf(db, person.id, now - idleMs);
    return {
      lead: '七天没有用过的设备会自己退出。',
      body: (
        <>
          <Sheet title="登录着的设备">
            <Devices sessions={sessions} own={session.key} token={token} now={now} />
          </Sheet>
          <Sheet title="微信">
            <p>
              {person.openid === null
                ? '还没有绑定。绑定以后，扫一扫就能登录。'
                : '已绑定，扫一扫就能登录。换了微信，重新绑定一次就好。'}
            </p>
            {deps.account.appId === '' ? (
              <p class="help">店里还没有接公众号。</p>
            ) : (
              <p class="buttons">
                <a class="button" href={bindPath}>
                  {person.openid === null ? '绑定微信' : '换绑微信'}
                </a>
              </p>
            )}
          </Sheet>
        </>
      ),
    };
  },
});

const Devices: FC<{ sessions: readonly ConsoleSession[]; own: string; token: string; now: number }> = ({
  sessions,
  own,
  token,
  now,
}) => (
  <Table
    caption={`${sessions.length} 台`}
    rows={sessions}
    empty="没有。"
    columns={[
      { label: '设备', show: ({ device, key }) => (key === own ? `${device}（这一台）` : device) },
      ...(sessions.some(({ place }) => place !== null)
        ? [{ label: '地点', show: ({ place }: ConsoleSession) => place ?? '' }]
        : []),
      { label: '登录', show: ({ createdAt }) => moment(createdAt, now) },
      { label: '最近用过', show: ({ lastAt }) => moment(lastAt, now) },
      {
        label: '结束登录',
        show: ({ key }) => <Act action={`${path}/end`} token={token} label="退出" fields={{ key }} />,
      },
    ]}
  />
);

const end = screen({
  path: `${path}/end`,
  title: '我的登录',
  who: everybody,
  post: async (visit, form) => {
    const { person, now, context } = visit;
    const key = form.get('key') ?? '';
    await record(
      visit,
      { act: 'session.end', subject: person.id, before: null, after: null },
      { statements: [endSession(person.id, key, now)] },
    );
    return context.redirect(saying(path, 'ended'), 303);
  },
});

const bind = screen({
  path: bindPath,
  title: '绑定微信',
  who: everybody,
  get: async ({ db, deps, context, person, now }) => {
    const scan = await newScan(deps, context, 'bind');
    await db.batch([await offerBinding(scan.key, person, now)]);
    const { publicUrl } = await readSettings(db);
    const url = await scanUrl(
      deps,
      publicUrl === null ? new URL(context.req.url).origin : new URL(publicUrl).origin,
      scan,
    );
    return {
      body: (
        <Sheet>
          <p>用要绑定的微信扫一扫，在手机上填下面这两位数字。两分钟内有效，只能用一次。</p>
          <Code text={url} label="绑定二维码，用微信扫一扫" />
          <p class="big">{await numberOf(deps, scan)}</p>
          <p class="buttons">
            <a class="button" href={path}>
              绑好了，回去看看
            </a>
          </p>
        </Sheet>
      ),
      script: waitScript(`${bindPath}/wait`, path),
    };
  },
});

export const meScreens = [me, end, bind];
