const DC_PART = /(^|,)\s*dc\s*=/i;

/**
 * The OU as IDaaS wants it: `,DC=<DC1>,DC=<DC2>` is added when it names no DC itself; parts that are not configured
 * are left out (environment.md).
 */
export function completeOu(
  ou: string,
  domain: { readonly dc1: string | null; readonly dc2: string | null },
): string {
  if (DC_PART.test(ou)) return ou;
  const parts = [domain.dc1, domain.dc2].filter((part) => part !== null);
  return [ou.replace(/[\s,]+$/, ''), ...parts.map((part) => `DC=${part}`)].join(',');
}
