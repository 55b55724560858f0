import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { describeSettings } from './src/domain/settings/describe-settings.ts';
import { connectorDefinitions } from './src/integrations/registry.ts';
import { createSchema } from './src/schema/index.ts';
import { installedSettings } from './src/upstreams.ts';

const systems = connectorDefinitions.map(({ system, displayName }) => ({ system, displayName }));

/** Who writes GraphQL documents, and where their types go. */
const documentFolders = ['src/cli'];

const root = import.meta.dirname;
const schemaFile = join(root, 'schema.graphql');
/** What is printed from the code, committed, and must say what the code says. */
const printed = {
  [schemaFile]: `${printSchema(lexicographicSortSchema(createSchema({ systems })))}\n`,
  [join(root, 'docs/settings.md')]: describeSettings(installedSettings),
};

if (process.argv.includes('--check')) {
  for (const [file, text] of Object.entries(printed)) {
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (committed === text) continue;
    process.stderr.write(
      `${relative(root, file)} is not what the code says: run \`npm run codegen\` and commit it.\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of Object.entries(printed)) writeFileSync(file, text);
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
