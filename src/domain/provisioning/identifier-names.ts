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
      return { username: null, email: identifier.includes('@') ? identifier : null };
    default:
      return { username: null, email: null };
  }
}
