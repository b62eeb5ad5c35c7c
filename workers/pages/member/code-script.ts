/** 会员码 changes by itself: each minute the file that knows how draws the next, network or not. The phone's clock is set right by ours. */
export const script = `
(() => {
  const shown = document.querySelector('[data-passes]');
  const said = document.querySelector('[data-left]');
  const { now, passes } = JSON.parse(shown.dataset.passes);
  const aheadMs = now - Date.now();
  if (typeof memberCode === 'undefined') {
    setTimeout(() => location.reload(), shown.dataset.leftMs);
    return;
  }
  const part = (name) => shown.querySelector('[data-part=' + name + ']');
  let minute = memberCode.minuteOf(now);
  const draw = async () => {
    const next = await memberCode.at(passes, minute);
    shown.hidden = next === null;
    if (next === null) return;
    part('qr').innerHTML = next.qr;
    part('bars').innerHTML = next.bars;
    part('code').dataset.code = next.code;
    part('code').textContent = next.code.replace(/(.{4})(?=.)/g, '$1 ');
  };
  const tick = () => {
    const at = Date.now() + aheadMs;
    if (memberCode.minuteOf(at) !== minute) {
      minute = memberCode.minuteOf(at);
      draw();
    }
    const left = Math.ceil((memberCode.minuteMs - (at % memberCode.minuteMs)) / 1000);
    said.textContent = shown.hidden ? '会员码用完了，请联网刷新这一页。' : left + ' 秒后自动换新，没有网络也能用';
  };
  tick();
  setInterval(tick, 1000);
})();
`;
