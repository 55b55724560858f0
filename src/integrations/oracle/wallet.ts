import { generateKeyPairSync, sign } from 'node:crypto';

/**
 * What the driver takes for a wallet: it reads one text as authorities, certificate and key of the client alike, and
 * refuses authorities alone. A text that has a key is a wallet already; to any other a key of the moment is put, with a
 * certificate that was never valid, so that nothing is trusted for it.
 */
export function walletOf(caCertificate: string): string {
  if (caCertificate.includes('PRIVATE KEY-----')) return caCertificate;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const algorithm = der(0x30, Buffer.from('06032b6570', 'hex'));
  const commonName = Buffer.concat([Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('accountsync'))]);
  const name = der(0x30, der(0x31, der(0x30, commonName)));
  const validity = der(0x30, time('700101000000Z'), time('700102000000Z'));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, key);
  const signature = Buffer.concat([Buffer.from([0]), sign(null, body, privateKey)]);
  const certificate = der(0x30, body, algorithm, der(0x03, signature)).toString('base64');
  return [
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
    `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----`,
    caCertificate.trim(),
    '',
  ].join('\n');
}

function time(text: string): Buffer {
  return der(0x17, Buffer.from(text));
}

/** A value of DER: its tag, its length, and its parts. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
