/** Whether a key still works. */
export const keyStates = ['ACTIVE', 'EXPIRED', 'REVOKED'] as const;
export type KeyState = (typeof keyStates)[number];

/** The state of a key at a moment; times as milliseconds, or null for never. */
export function keyState(
  key: { readonly revokedAtMs: number | null; readonly expiresAtMs: number | null },
  nowMs: number,
): KeyState {
  if (key.revokedAtMs !== null) return 'REVOKED';
  return key.expiresAtMs !== null && key.expiresAtMs <= nowMs ? 'EXPIRED' : 'ACTIVE';
}
