/** True for the codes of Node and OpenSSL that say that a certificate is not trusted, or is another\'s. */
export function isCertificateError(code: string): boolean {
  return /CERT|LEAF_SIGNATURE|SELF_SIGNED|ALTNAME|ISSUER/.test(code);
}
