/** 企业微信返回码: what each of WeCom's error codes means for a message (developer.work.weixin.qq.com/document/path/90313). */
import { elsewhere, park, retry, unsuitable, type Verdicts } from './wechat.ts';

const busy = '企业微信暂时不能处理';
const listedSeconds = 600;

export const wecomVerdicts: Verdicts = {
  list: '企业微信应用的企业可信IP',
  tokenErrors: new Set([40014, 42001]),
  unlisted: new Set([60020]),
  unknown: '企业微信没有接受',
  isOneWay: true,
  meanings: new Map([
    [0, { verdict: 'sent' }],
    [-1, retry(30, busy)],
    [40014, retry(60, '企业微信令牌失效')],
    [42001, retry(60, '企业微信令牌失效')],
    [45009, elsewhere(60, '企业微信接口调用太频繁')],
    [45033, retry(30, '企业微信接口调用太频繁')],
    // A person has to act; until then whoever can be reached by the 公众号 is.
    [60020, elsewhere(listedSeconds, '服务器地址不在企业可信IP里')],
    [40001, elsewhere(3600, '企业微信的 Secret 不正确')],
    [40013, elsewhere(3600, '企业ID不正确')],

    [40003, unsuitable('企业微信里没有这位成员')],
    [60111, unsuitable('企业微信里没有这位成员')],
    [81013, unsuitable('这位成员不在应用的可见范围内')],
    [40056, unsuitable('企业微信应用编号不正确')],
    [48002, unsuitable('企业微信应用没有发消息的权限')],
    [60011, unsuitable('企业微信应用没有权限')],
    [301002, unsuitable('企业微信应用没有权限')],
    [45002, unsuitable('消息内容过长')],
    [44004, unsuitable('消息内容为空')],

    [41051, park('这位客户已经收到过欢迎语，或已经开始聊天')],
    [41096, retry(2, '别的应用正在发欢迎语')],
    [40058, unsuitable('企业微信认为请求有误')],
    [47001, unsuitable('企业微信认为请求有误')],
  ]),
};
