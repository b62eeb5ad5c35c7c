/** 注册页 with a script: the code is sent without leaving the page, the seconds are counted, and nothing is sent twice. */

export const script = `
(() => {
  const form = document.querySelector('[data-register]');
  const send = form.querySelector('[data-code]');
  const submit = form.querySelector('[data-submit]');
  const said = form.querySelector('[data-said]');
  const first = send.textContent;
  const submitted = submit.textContent;
  let until = 0;
  const count = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    send.disabled = left > 0;
    send.textContent = left > 0 ? left + ' 秒后重发' : until > 0 ? '重新发送' : first;
    if (left > 0) setTimeout(count, 250);
  };
  const wait = (seconds) => {
    if (seconds > 0) { until = Date.now() + seconds * 1000; count(); } else send.disabled = false;
  };
  const problem = (name, text) => {
    const field = document.getElementById(name);
    field.closest('.field').classList.toggle('bad', text !== '');
    document.getElementById(name + '-problem').textContent = text;
    if (text !== '') field.focus();
  };
  const say = (kind, text) => { said.className = 'note ' + kind; said.textContent = text; };
  send.addEventListener('click', async (event) => {
    event.preventDefault();
    send.disabled = true;
    problem('phone', '');
    problem('code', '');
    say('', '');
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(send.formAction, { method: 'POST', headers: { accept: 'application/json' }, body });
      if (answer.status === 401 || answer.status === 403) return location.reload();
      const { ok, field, message, waitSeconds } = await answer.json();
      if (field === 'phone') problem('phone', message);
      else say(ok ? 'good' : 'stop', message);
      wait(waitSeconds);
      if (ok) document.getElementById('code').focus();
    } catch {
      say('stop', '网络好像断了一下，请再点一次');
      wait(0);
    }
  });
  // A field that is being edited is no longer marked wrong.
  form.addEventListener('input', ({ target }) => {
    const part = target.closest('.field, .baby, .agree');
    if (!part || !part.classList.contains('bad')) return;
    part.classList.remove('bad');
    target.removeAttribute('aria-invalid');
    for (const told of part.querySelectorAll('.problem')) told.textContent = '';
  });
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = 'yes';
    submit.textContent = '正在提交…';
  });
  // The browser may restore the page as it was left.
  addEventListener('pageshow', () => { delete form.dataset.sent; submit.textContent = submitted; });
  wait(Number(send.dataset.wait));
  const bad = form.querySelector('[aria-invalid]');
  if (bad) bad.focus();
})();
`;
