/** 出站地址: a source's settings never reach what is behind us. */
import { expect, test } from 'vitest';
import { refuseAddress } from '../../../workers/schedule/poll/asking/address.ts';
import { minuteMs, pollBench, pospalSource } from './poll-support.ts';
import { pospalDouble } from './pospal-double.ts';

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://１２７.0.0.1/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://100.100.100.200/latest/meta-data/',
  'https://168.63.129.16/',
  'https://169.254.169.254/latest/meta-data/',
  'https://172.16.0.1/',
  'https://172.31.255.255/',
  'https://192.168.1.10:8443/',
  'https://192.0.2.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001:0:1::1]/',
  'https://[2001:db8::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[fe80::1]/',
  'https://[ff02::1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://till.localhost/',
  'https://erp.local/',
  'https://metadata.google.internal/',
  'https://instance-data/',
  'https://server/',
  'https://db.lan/',
  'https://router.home.arpa/',
  'https://127.0.0.1.nip.io/',
  'https://app.localtest.me/',
  'https://user:password@erp.example.cn/',
  'http://erp.example.cn/',
  'ftp://erp.example.cn/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'not an address',
])('%s is never asked', (address) => {
  expect(refuseAddress(address, false)).not.toBeNull();
});

test.each([
  'https://area8-win.pospal.cn:443/pospal-api2/',
  'https://8.8.8.8/',
  'https://172.32.0.1/',
  'https://100.128.0.1/',
  'https://[2606:4700::1111]/',
  'https://[2408:8000::1]/',
  'https://erp.example.com.cn:8443/api',
  'https://localhost.example.com.cn/',
])('%s may be asked', (address) => {
  expect(refuseAddress(address, false)).toBeNull();
});

test('in development a machine next door may be asked, but still not with a password in the address', () => {
  expect(refuseAddress('http://127.0.0.1:9000/', true)).toBeNull();
  expect(refuseAddress('http://u:p@127.0.0.1:9000/', true)).not.toBeNull();
  expect(refuseAddress('file:///etc/passwd', true)).not.toBeNull();
});

test('a source that names a private address makes no request at all, and its state says why', async () => {
  const yinbao = pospalDouble();
  const bench = await pollBench(yinbao.http, pospalSource({ host: 'https://169.254.169.254' }));
  await bench.tick();
  expect(yinbao.requests).toEqual([]);
  expect(bench.state().lastError).toBe('the address is not a public one');
  bench.clock.now += 2 * minuteMs;
  await bench.tick({ allowPrivate: true });
  expect(yinbao.requests).toHaveLength(1);
});
