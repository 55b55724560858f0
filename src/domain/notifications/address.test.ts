import { expect, test } from 'vitest';
import { isLoopbackHost, judgeAddress } from './address.ts';

test.each([
  ['93.184.216.34', 'anything'],
  ['10.0.0.1', 'anything'],
  ['192.168.1.20', 'anything'],
  ['2606:2800:220:1:248:1893:25c8:1946', 'anything'],
  ['fd12:3456::1', 'anything'],
  ['127.0.0.1', 'loopback'],
  ['127.8.9.10', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['64:ff9b::127.0.0.1', 'loopback'],
  ['0.0.0.0', 'never'],
  ['::', 'never'],
  ['169.254.169.254', 'never'],
  ['::ffff:169.254.169.254', 'never'],
  ['::ffff:a9fe:a9fe', 'never'],
  ['2002:a9fe:a9fe::1', 'never'],
  ['100.100.100.200', 'never'],
  ['fe80::1%eth0', 'never'],
  ['febf::1', 'never'],
  ['fd00:ec2::254', 'never'],
  ['255.255.255.255', 'never'],
  ['239.1.1.1', 'never'],
  ['ff02::1', 'never'],
  ['portal.example.com', 'never'],
  ['1.2.3', 'never'],
  ['1.2.3.256', 'never'],
  ['1::2::3', 'never'],
  ['1:2:3:4:5:6:7', 'never'],
  ['1:2:3:4:5:6:7:8:9', 'never'],
  ['fec0::1', 'anything'],
] as const)('what may be said to %s: %s', (address, expected) => {
  expect(judgeAddress(address)).toBe(expected);
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost.example.com', false],
  ['127.0.0.1.nip.io', false],
  ['10.0.0.1', false],
] as const)('%s is of this machine only: %s', (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
