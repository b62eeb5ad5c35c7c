/**
 * 确认收款 in WeChat's browser: it shows the transfer, and the member confirms there. `ok` means that it was shown, not that it was
 * paid. Source: pay.weixin.qq.com/doc/v3/merchant/4014399293.
 */

export const jssdkHost = 'https://res.wx.qq.com';
export const jssdkUrl = `${jssdkHost}/open/js/jweixin-1.6.0.js`;

/** How long WeChat's bridge may keep silent, and then the member who is asked there. */
const bridgeSeconds = 8;
const confirmSeconds = 120;

export const script = `
(() => {
  const button = document.querySelector('[data-confirm]');
  const said = document.querySelector('[data-said]');
  const { config, request } = JSON.parse(button.dataset.confirm);
  const name = 'requestMerchantTransfer';
  let isAsking = false;
  const say = (kind, text) => { said.className = 'note ' + kind; said.textContent = text; };
  let waiting = 0;
  const end = (kind, text) => { clearTimeout(waiting); isAsking = false; say(kind, text); };
  const waitFor = (seconds, kind, text) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => end(kind, text), seconds * 1000);
  };
  const strange = () => end('stop', '微信没有认出这一页，请刷新后再试；还是不行，请联系店员。');
  const done = (told) => {
    if (told === name + ':ok') {
      button.remove();
      end('good', '已经交给微信，是否到账以微信的通知为准。');
    } else if (told === name + ':cancel') end('', '还没有确认，您可以再点一次。');
    else end('stop', '没有办成，请再点一次；还是不行，请联系店员。');
  };
  const ask = () => {
    waitFor(${confirmSeconds}, '', '还没有等到微信的回应。已经确认过的，以微信的通知为准；没有看到确认的页面，请再点一次。');
    WeixinJSBridge.invoke(name, request, (answer) => done(answer.err_msg));
  };
  const check = () => wx.checkJsApi({
    jsApiList: [name],
    success: (answer) => {
      if (answer.checkResult[name]) ask();
      else end('stop', '这个微信还不能确认收款，请用手机打开，并把微信更新到最新版。');
    },
    fail: strange,
  });
  button.addEventListener('click', () => {
    if (isAsking) return;
    if (typeof wx === 'undefined') return end('stop', '网络好像断了一下，请刷新这一页。');
    isAsking = true;
    say('', '正在打开微信的确认页面……');
    waitFor(${bridgeSeconds}, 'stop', '微信没有回应。请用手机微信打开这一页，刷新后再试；还是不行，请联系店员。');
    wx.ready(check);
  });
  if (typeof wx === 'undefined') return;
  wx.config({ ...config, debug: false, jsApiList: [name] });
  wx.error(strange);
})();
`;
