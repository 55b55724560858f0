/** False for what cannot be an identifier of the system: a mailbox is known by its whole address. */
export function canIdentify(system: string, identifier: string): boolean {
  return system !== 'EMAIL' || /^[^@\s]+@[^@\s]+$/.test(identifier);
}

/**
 * Names of the holder that an account's identifier implies (provisioning.md §5.3): IDAAS knows people by login, EMAIL
 * by address. Other systems make up their identifiers.
 */
export function namesOfIdentifier(
  system: string,
  identifier: string,
): { readonly username: string | null; readonly email: string | null } {
  switch (system) {
    case 'IDAAS':
      return { username: identifier, email: null };
    case 'EMAIL':
      return { username: null, email: canIdentify(system, identifier) ? identifier : null };
    default:
      return { username: null, email: null };
  }
}
