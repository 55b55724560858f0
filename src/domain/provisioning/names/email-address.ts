/**
 * The full address of a local part: the domain of the person type, else the default (provisioning.md §5.3). Domains
 * with or without `@`. Null when there is no domain: `EMAIL_DOMAIN_MISSING`.
 */
export function emailAddressFor(
  localPart: string,
  domainOfType: string | null,
  defaultDomain: string | null,
): string | null {
  const domain = bareDomain(domainOfType) || bareDomain(defaultDomain);
  return domain === '' ? null : `${localPart}@${domain}`;
}

/** The part before the last `@`, in lower case; the whole text when there is none; null when that leaves nothing. */
export function localPartOf(address: string): string | null {
  const end = address.lastIndexOf('@');
  return (end < 0 ? address : address.slice(0, end)).trim().toLowerCase() || null;
}

function bareDomain(domain: string | null): string {
  return (domain ?? '').trim().replace(/^@+/, '').trim().toLowerCase();
}
