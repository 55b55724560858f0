import { expect, test } from 'vitest';
import { Secret } from '../../secret.ts';
import { signatureHeaders } from './signature.ts';

test('the published vector of KSO-1', () => {
  const headers = signatureHeaders(
    { id: 'AK123456', secret: new Secret('sk098765') },
    {
      method: 'POST',
      uri: '/v7/test/body',
      body: '{"key": "value"}',
      at: new Date('2006-01-02T15:04:05Z'),
    },
  );
  expect(headers['X-Kso-Date']).toBe('Mon, 02 Jan 2006 15:04:05 GMT');
  expect(headers['X-Kso-Authorization']).toBe(
    'KSO-1 AK123456:c46e6c988130818ecba2484d51ac685948fbbef6814602c7874d6bfc41dc17b3',
  );
});
