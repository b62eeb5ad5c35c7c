import { expect, test } from 'vitest';
import { authorizeUrl } from '../../workers/wechat/oauth.ts';

const request = {
  base: 'https://open.weixin.qq.com/',
  appId: 'wx1',
  redirectUri: 'https://shop.example/m/welcome?from=menu&x=1#top',
  scope: 'snsapi_base',
  state: 'abc123',
} as const;

test('the address has its parameters in WeChat’s order and ends in its fragment', () => {
  expect(authorizeUrl(request)).toBe(
    'https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1' +
      '&redirect_uri=https%3A%2F%2Fshop.example%2Fm%2Fwelcome%3Ffrom%3Dmenu%26x%3D1%23top' +
      '&response_type=code&scope=snsapi_base&state=abc123#wechat_redirect',
  );
});

test('a state comes back as it was sent, and one of 129 bytes is not sent', () => {
  const url = new URL(authorizeUrl({ ...request, state: 'a+b/c=&d#e' }));
  expect(url.searchParams.get('state')).toBe('a+b/c=&d#e');
  expect(authorizeUrl({ ...request, state: 'a'.repeat(128) })).toContain('a'.repeat(128));
  expect(() => authorizeUrl({ ...request, state: 'a'.repeat(129) })).toThrow('128 bytes');
});
