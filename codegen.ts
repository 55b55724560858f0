import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { generate } from '@graphql-codegen/cli';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { installedSettings } from './src/application/upstreams.ts';
import { describeSettings } from './src/domain/settings/describe-settings.ts';
import { connectorDefinitions } from './src/integrations/registry.ts';
import { createSchema } from './src/schema/index.ts';
import { describeApi } from './src/server/rest/description/describe-api.ts';

const systems = connectorDefinitions.map(({ system, displayName }) => ({ system, displayName }));

const root = import.meta.dirname;
const schemaFile = join(root, 'schema.graphql');
/** Documents, and where they stand as typed code. */
const places = [
  {
    documents: 'clients/typescript/src/operations/*.graphql',
    folder: 'clients/typescript/src/generated/',
    config: { enumType: 'const' },
  },
  {
    documents: 'console/src/**/*.graphql',
    folder: 'console/src/api/generated/',
    config: { enumType: 'string-literal', onlyOperationTypes: true },
  },
] as const;
type Place = (typeof places)[number];

const api = createSchema({ systems });
const schema = `${printSchema(lexicographicSortSchema(api))}\n`;
/** What is printed from the code, committed, and must say what the code says. */
const printed = {
  [schemaFile]: schema,
  [join(root, 'openapi.json')]: `${JSON.stringify(describeApi(api), null, 2)}\n`,
  [join(root, 'docs/settings.md')]: describeSettings(installedSettings),
};

/** The one thing of another package in what the preset makes: a type. */
const DECORATION_IMPORT = "import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';";

if (process.argv.includes('--check')) {
  for (const [file, text] of Object.entries({ ...printed, ...(await generateDocuments()) })) {
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (committed === text) continue;
    process.stderr.write(
      `${relative(root, file)} is not what the code says: run \`npm run codegen\` and commit it.\n`,
    );
    process.exitCode = 1;
  }
} else {
  for (const [file, text] of Object.entries(printed)) writeFileSync(file, text);
  for (const { folder } of places) mkdirSync(join(root, folder), { recursive: true });
  for (const [file, text] of Object.entries(await generateDocuments())) writeFileSync(file, text);
}

/** All documents with the types of their variables and results, by file. */
async function generateDocuments(): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const place of places) texts[join(root, place.folder, 'graphql.ts')] = await generatePlace(place);
  return texts;
}

async function generatePlace({ documents, folder, config }: Place): Promise<string> {
  const files: readonly { readonly filename: string; readonly content: string }[] = await generate(
    {
      cwd: root,
      silent: true,
      schema,
      documents,
      generates: {
        [folder]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false },
          config: {
            documentMode: 'string',
            useTypeImports: true,
            ...config,
            immutableTypes: true,
            strictScalars: true,
            scalars: { Date: 'string', DateTime: 'string', JSON: 'unknown' },
          },
        },
      },
      importExtension: '.ts',
      emitLegacyCommonJSImports: false,
    },
    false,
  );
  // The preset's other files map the texts of documents that stand in code; ours have names.
  const file = files.find(({ filename }) => basename(filename) === 'graphql.ts');
  if (file === undefined) throw new Error('The client preset made no graphql.ts.');
  return withoutPackages(file.content);
}

/** The client has no dependency, not even for a type: the one that the preset imports is written out. */
function withoutPackages(source: string): string {
  if (!source.includes(DECORATION_IMPORT)) throw new Error('The preset no longer imports its decoration so.');
  return source.replace(
    DECORATION_IMPORT,
    `/** Carries the types of a document's result and variables. */
export interface DocumentTypeDecoration<TResult, TVariables> {
  __apiType?: (variables: TVariables) => TResult;
}`,
  );
}
