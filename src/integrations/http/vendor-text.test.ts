import { describe, expect, it } from 'vitest';
import { cleanVendorText } from './vendor-text.ts';

describe('cleanVendorText', () => {
  it('masks phone numbers however they are written', () => {
    expect(cleanVendorText('login phone 13800138000 taken')).toBe('login phone 138****8000 taken');
    expect(cleanVendorText('+86-138 0013 8000')).toBe('+861****8000');
    expect(cleanVendorText('tel (021) 5888-1234')).not.toContain('58881234');
    expect(cleanVendorText('110101199003074233')).toBe('110****4233');
  });

  it('masks mail addresses', () => {
    expect(cleanVendorText('zhang.san@example.com is taken')).toBe('z***@example.com is taken');
  });

  it('leaves codes and employee numbers readable', () => {
    expect(cleanVendorText('47120: P000126 has HTTP 500')).toBe('47120: P000126 has HTTP 500');
  });

  it('removes what is confidential and what would break a log line', () => {
    expect(cleanVendorText('token abc123 of 王小明\r\nrefused', ['abc123', '王小明'])).toBe(
      'token *** of *** refused',
    );
  });

  it('cuts a whole page, counting characters and not halves of them', () => {
    const cut = cleanVendorText('𠮷'.repeat(1_000));
    expect([...cut]).toHaveLength(301);
    expect(cut.isWellFormed()).toBe(true);
  });
});
