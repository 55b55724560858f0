import { z } from 'zod';

/** A signed-in connection at the driver's boundary: a statement with named values in, plain rows out. */
export interface QueryRunner {
  readonly tlsInUse: boolean;
  readonly version: string;
  run(text: string, values?: Readonly<Record<string, string | number>>): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** Rows of a statement, checked against a shape. */
export async function rowsOf<Row>(
  runner: QueryRunner,
  text: string,
  shape: z.ZodType<Row>,
  values: Readonly<Record<string, string | number>> = {},
): Promise<readonly Row[]> {
  return z.array(shape).parse(await runner.run(text, values));
}
