/** Tables of the first system that are read, in this order: each finds what it names in those before it. */
export const firstSystemTables = [
  'departmentmapping',
  'persontypemapping',
  'syncconfig',
  'hrperson',
  'hrpersonaccount',
  'accountcreationtask',
  'accountcreationlog',
  'accountcreationrequest',
  'accountcreationrequestitem',
] as const;
export type FirstSystemTable = (typeof firstSystemTables)[number];

/** A row as it was read: columns by name, and values looked up beside it under names that begin with `_`. */
export type FirstSystemRow = Readonly<Record<string, unknown>>;

/** True for a table that is read. */
export function isFirstSystemTable(name: string): name is FirstSystemTable {
  return firstSystemTables.some((table) => table === name);
}

/** The column of a table's key, by which its rows are paged. */
export function keyColumnOf(table: FirstSystemTable): string {
  return table === 'hrperson' ? 'person_id' : 'id';
}
