import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { connectorDefinitions } from './src/integrations/registry.ts';
import { createSchema } from './src/schema/index.ts';

const systems = connectorDefinitions.map(({ system, displayName }) => ({ system, displayName }));

/** Who writes GraphQL documents, and where their types go. */
const documentFolders = ['src/cli'];

const root = import.meta.dirname;
const schemaFile = join(root, 'schema.graphql');
const printed = `${printSchema(lexicographicSortSchema(createSchema({ systems })))}\n`;

if (process.argv.includes('--check')) {
  const committed = existsSync(schemaFile) ? readFileSync(schemaFile, 'utf8') : '';
  if (committed !== printed) {
    process.stderr.write('schema.graphql is not what the code says: run `npm run codegen` and commit it.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(schemaFile, printed);
  for (const folder of documentFolders) {
    if (existsSync(join(root, folder))) await generateDocuments(folder);
  }
}

/** Typed documents for every `graphql(…)` and `.graphql` file of a folder; nothing where there is none. */
async function generateDocuments(folder: string): Promise<void> {
  await generate(
    {
      cwd: root,
      silent: true,
      schema: schemaFile,
      documents: [`${folder}/**/*.{ts,graphql}`, `!${folder}/generated/**`],
      generates: {
        [`${folder}/generated/`]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false },
          config: {
            documentMode: 'string',
            useTypeImports: true,
            enumType: 'const',
            strictScalars: true,
            scalars: { DateTime: 'string', JSON: 'unknown' },
          },
        },
      },
      importExtension: '.ts',
      emitLegacyCommonJSImports: false,
    },
    true,
  );
}
