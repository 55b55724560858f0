// Builds the pages of console/ into console/dist. `npm ci` runs this ("prepare"), so that `npm start` has them; so does
// the first `npx accountsync` of a checkout, which must not swap the files of a service that runs (--if-stale).
// Plain JavaScript, as `npm ci` may run it on a Node that runs no TypeScript. Without the tools (an install with
// --omit=dev) it says so and succeeds: the API works without pages.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = import.meta.dirname;
const root = join(folder, '..');
/** What the pages are made of, besides console/ itself. */
const SHARED_SOURCES = ['clients/typescript/src', 'clients/files/src'];
/** Packages whose version changes what is built. */
const PACKAGES =
  /^node_modules\/(react|react-dom|antd|@ant-design\/|@rc-component\/|@tanstack\/|graphql|graphql-ws|graphiql|@graphiql\/|monaco-|dayjs|csv-parse|read-excel-file|vite|@vitejs\/|rolldown)/;

/** sha256 over the sources and the locked versions of what they import: another one means that dist is stale. */
export function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, { version }] of Object.entries(lockfile.packages))
    if (PACKAGES.test(path)) hash.update(`${path}@${version}\0`);
  return hash.digest('hex');
}

/** Of what a folder was built; null: of nothing. */
export function builtFrom(outDir) {
  try {
    return JSON.parse(readFileSync(join(outDir, 'build.json'), 'utf8')).sources;
  } catch {
    return null;
  }
}

function sourceFiles() {
  const files = ['index.html', 'graphiql.html', 'build.js', 'tsconfig.json'].map((name) =>
    join(folder, name),
  );
  for (const source of [join(folder, 'src'), ...SHARED_SOURCES.map((path) => join(root, path))])
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.endsWith('.test.ts')) files.push(join(entry.parentPath, entry.name));
  return files.sort();
}

async function loadTools() {
  try {
    const [vite, react] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
    return { build: vite.build, react: react.default };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** True for a package that is not installed, or whose binary for this machine is not. */
function isMissing(error) {
  for (let cause = error; cause !== undefined && cause !== null; cause = cause.cause)
    if (
      ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(cause.code) ||
      /native binding/.test(cause.message)
    )
      return true;
  return false;
}

export async function buildPages(outDir) {
  const tools = await loadTools();
  if (tools === null) {
    console.log(
      existsSync(join(outDir, 'build.json'))
        ? 'console: left as it was built before, as vite is not installed here (--omit=dev).'
        : [
            'console: not built, as vite is not installed here (--omit=dev). The API and the command line work without;',
            '  /console and GraphiQL answer 503. With pages: npm ci && npm prune --omit=dev --omit=optional',
          ].join('\n'),
    );
    return false;
  }
  // As it is deployed, whoever calls: tests set another.
  process.env.NODE_ENV = 'production';
  await tools.build({
    configFile: false,
    envDir: false,
    root: folder,
    base: '/console/',
    logLevel: 'warn',
    publicDir: false,
    plugins: [tools.react()],
    resolve: {
      dedupe: ['react', 'react-dom', 'graphql'],
      // The parser that the command line has, as its package is built for browsers.
      alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    },
    html: { cspNonce: '__NONCE__' },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // A policy that allows no data: fonts needs them as files.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: { console: join(folder, 'index.html'), graphiql: join(folder, 'graphiql.html') },
        // "use no memo" and "use client" of packages say nothing to a browser.
        onLog(level, log, report) {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
        },
      },
    },
  });
  writeFileSync(join(outDir, 'build.json'), `${JSON.stringify({ sources: fingerprint() })}\n`);
  return true;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const flag = process.argv.indexOf('--out');
  const outDir = flag === -1 ? join(folder, 'dist') : resolve(process.argv[flag + 1]);
  if (!existsSync(join(folder, 'src'))) console.log('console: nothing to build here.');
  else if (!process.argv.includes('--if-stale') || builtFrom(outDir) !== fingerprint())
    await buildPages(outDir);
}
