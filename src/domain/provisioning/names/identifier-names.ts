/** False for what cannot be an identifier of the system: a mailbox is known by its whole address. */
export function canIdentify(system: string, identifier: string): boolean {
  return system !== 'EMAIL' || /^[^@\s]+@[^@\s]+$/.test(identifier);
}

/**
 * What the identifier of an account tells of its holder's names (provisioning.md §5.3): IDAAS knows people by login,
 * EMAIL by address. Other systems' identifiers are their own.
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
