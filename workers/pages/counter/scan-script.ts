/** 扫一扫 on the phone: WeChat's own scanner where the page is signed, else the browser's; where neither is, the field is typed into. */
const watchSeconds = 60;

export const script = `
(() => {
  const button = document.querySelector('[data-scan]');
  const field = document.getElementById('code');
  const said = document.querySelector('[data-scanned]');
  if (!button || !field) return;
  const take = (text) => {
    // WeChat puts the kind of a barcode before it.
    field.value = text.slice(text.lastIndexOf(',') + 1);
    field.form.requestSubmit(field.form.querySelector('[data-look]'));
  };
  const offer = (start) => { button.hidden = false; button.addEventListener('click', start); };
  const { config } = JSON.parse(button.dataset.scan);
  if (config && typeof wx !== 'undefined') {
    wx.config({ ...config, debug: false, jsApiList: ['scanQRCode'] });
    wx.ready(() => offer(() => wx.scanQRCode({ needResult: 1, scanType: ['qrCode', 'barCode'], success: (found) => take(found.resultStr) })));
    return;
  }
  if (typeof BarcodeDetector === 'undefined' || !navigator.mediaDevices) {
    said.textContent = '这个浏览器不能扫码：请照着输入，或用扫码枪。';
    return;
  }
  const watch = async () => {
    const detector = new BarcodeDetector({ formats: ['qr_code', 'code_128'] });
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      said.textContent = '没有打开相机：请允许使用相机，或照着输入。';
      return;
    }
    const video = document.createElement('video');
    video.className = 'camera';
    video.playsInline = true;
    video.muted = true;
    video.srcObject = stream;
    button.after(video);
    button.hidden = true;
    await video.play();
    const until = Date.now() + ${watchSeconds} * 1000;
    const stop = () => { for (const track of stream.getTracks()) track.stop(); video.remove(); button.hidden = false; };
    const look = async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (found) { stop(); take(found.rawValue); }
      else if (Date.now() > until) { stop(); said.textContent = '没有扫到，请再试一次，或照着输入。'; }
      else setTimeout(look, 200);
    };
    look();
  };
  offer(watch);
})();
`;
