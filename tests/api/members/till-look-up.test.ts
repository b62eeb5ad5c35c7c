/** 收银台查会员: the till asks while the customer stands there. */
import { expect, test } from 'vitest';
import { sale } from '../../support/builders.ts';
import { items, openOffice } from '../support.ts';

const person = { externalId: 'M1001', cardNo: '11', phone: '13912345487', openid: 'oMember', name: '陈小满' };

test.each(['cardNo=11', 'phone=13912345487', 'openid=oMember', 'externalId=M1001'])(
  'D-40: by %s a till finds the member in one round trip besides the one for its token, and never sees the whole phone',
  async (query) => {
    const { pos, shop } = await openOffice();
    await shop.tell(sale({ orderNo: 'A', member: person }));
    const before = { ...shop.db.counts };
    const answer = await pos('GET', `/members?${query}`);
    expect(shop.db.counts.batches - before.batches).toBe(2);
    expect(shop.db.counts.statements - before.statements).toBe(4);
    expect(items(answer)).toMatchObject([{ name: '陈小满', phone: '139****5487', points: 100 }]);
    expect(JSON.stringify(answer.json)).not.toContain('13912345487');
  },
);
