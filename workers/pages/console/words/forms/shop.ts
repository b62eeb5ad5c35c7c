/** 门店, 导购和设置表单的说法. */
import type { FormWords } from '../../form/words.ts';

export const storeWords: FormWords = {
  id: { label: '编码', help: '和收银机里的一样，比如 8005。' },
  name: { label: '名称', help: '会员和店员看到的名字，比如“天河店”。' },
  timezone: { label: '时区', help: '国内都是 Asia/Shanghai，不用改。', isRare: true },
};

export const associateWords: FormWords = {
  id: { label: '工号', help: '和收银机里的一样，比如 g7；这样销售能算到她名下。' },
  name: { label: '姓名', help: '会员看到的名字。' },
  storeId: { label: '门店' },
  wecomUserId: { label: '企业微信账号', help: '用企业微信的店才填。', isRare: true },
};

export const leavingWords: FormWords = {
  successorId: { label: '谁接手', help: '不选就归门店：会员下次扫谁的码，就归谁。' },
  codes: {
    label: '她的海报和专属码',
    help: '印出去的码收不回来。没有人接手，就不再绑定导购。',
    values: { successor: '扫了归接手的人', end: '不再绑定导购' },
  },
  tellMembers: { label: '通知会员', help: '勾上，每位会员收到一条“以后由谁为您服务”；不勾，什么也不说。' },
};
