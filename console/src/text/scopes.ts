/** Scopes that a key may have, as the API names them. */
export const scopes: readonly string[] = [
  'requests:write',
  'requests:read',
  'people:read',
  'people:pii',
  'operate',
  'databases:read',
  'calendars:read',
  'developer',
  'admin',
];
