/** The first system's database as this command reads it. */
export interface FirstSystemReader {
  readonly name: string;
  readonly tables: readonly string[];
  readonly unknownColumns: readonly string[];
  page(
    table: string,
    options: { readonly after: string | null; readonly limit: number },
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}
export type OpenFirstSystem = (address: string) => Promise<FirstSystemReader>;
