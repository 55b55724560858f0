import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { bundledPaths, projectRoot, readLockfile } from './bundle-contents.ts';
import { billOfMaterials } from './bundle-sbom.ts';
import { startScripts } from './start-scripts.ts';

// `npm run bundle [-- --with-postgres --output DIR --compression 1…9]`: one archive that runs on a machine of this kind
// without a registry, without Node and without npm; its checksum and its bill of materials beside it. Made of the
// node_modules that are here: nothing is fetched.

const { values: flags } = parseArgs({
  options: {
    'with-postgres': { type: 'boolean', default: false },
    output: { type: 'string', default: 'dist' },
    compression: { type: 'string', default: '6' },
  },
});

/** The same tree gives the same archive, whenever it is made. */
const FILE_TIME = '2020-01-01 00:00:00Z';

const run = promisify(execFile);
const output = resolve(flags.output);
const lockfile = readLockfile();
const platform = `${process.platform}-${process.arch}`;
const name = `accountsync-${lockfile.version}-${platform}${flags['with-postgres'] ? '-postgres' : ''}`;
const stage = mkdtempSync(join(tmpdir(), 'accountsync-bundle-'));
try {
  if (process.platform !== 'linux')
    throw new Error(
      `There is no bundle for ${platform}: run this on Linux. 没有 ${platform} 的安装包，请在 Linux 上制作。`,
    );
  if (!/^[1-9]$/.test(flags.compression))
    throw new Error('--compression: expected a number from 1 to 9. 应为 1 到 9 的数字。');
  mkdirSync(output, { recursive: true });
  const archive = join(output, `${name}.tar.gz`);
  const [bill] = await Promise.all([
    billOfMaterials(lockfile, { platform, withPostgres: flags['with-postgres'] }),
    pack(archive),
  ]);
  writeFileSync(join(output, `${name}.sbom.json`), `${JSON.stringify(bill, null, 2)}\n`);
  writeFileSync(`${archive}.sha256`, `${await sha256(archive)}  ${name}.tar.gz\n`);
  process.stdout.write(`${['', '.sha256'].map((end) => archive + end).join('\n')}\n`);
  process.stdout.write(`${join(output, `${name}.sbom.json`)}\n`);
} catch (error) {
  process.stderr.write(
    `Cannot bundle · 无法制作安装包: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}

async function pack(archive: string): Promise<void> {
  const paths = [...bundledPaths(lockfile, { platform, withPostgres: flags['with-postgres'] })];
  const missing = paths.filter((path) => !existsSync(join(projectRoot, path)));
  if (missing.length > 0)
    throw new Error(
      `${missing.slice(0, 5).join(', ')} is missing: run npm ci first. 缺少上述文件，请先执行 npm ci。`,
    );
  for (const [file, script] of Object.entries(startScripts)) {
    writeFileSync(join(stage, file), script);
    chmodSync(join(stage, file), 0o755);
  }
  const list = join(stage, '.paths');
  writeFileSync(list, paths.join('\0'));
  // GNU tar; the S leaves the targets of symbolic links as they are.
  await run('tar', [
    '--create',
    `--file=${archive}`,
    `--use-compress-program=gzip -n -${flags.compression}`,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u+rwX,go+rX,go-w',
    `--mtime=${FILE_TIME}`,
    `--transform=s,^node_modules/node-${platform}/,node/,S`,
    `--transform=s,^,${name}/,S`,
    '--exclude=*.test.ts',
    `--directory=${stage}`,
    ...Object.keys(startScripts),
    `--directory=${projectRoot}`,
    '--null',
    `--files-from=${list}`,
  ]);
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
