/** 两分钟看懂: five things that happen in a shop, each one press away. */

const steps = [
  { title: '新妈妈办会员', what: '扫导购的码关注，收银台登记' },
  { title: '618 买满 188', what: '得积分，抽红包，打标签' },
  { title: '收银台用券', what: '试算最省的一张，用掉' },
  { title: '退一件', what: '不够 188 了，多给的收回来' },
  { title: '奶粉快喝完', what: '拨快时钟，提醒她和导购' },
] as const;

export function Tour() {
  return (
    <section class="tour" id="tour" aria-labelledby="tour-title">
      <h2 id="tour-title">两分钟看懂</h2>
      <ol>
        {steps.map(({ title, what }, place) => (
          <li>
            <button type="button" data-step={place} aria-pressed="false">
              <b>{title}</b>
              <small>{what}</small>
            </button>
          </li>
        ))}
      </ol>
      <p class="told" id="told" role="status">
        从第一步点起，看左边的收银台和右边的手机；每一步都和您自己按是一样的。
      </p>
    </section>
  );
}
