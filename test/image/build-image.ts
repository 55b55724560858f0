import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processEnvironment } from '../../src/environment/env.ts';

const SUITE = 'bookworm';
const TEN_MINUTES = 600_000;
const TOOLS = ['buildah', 'debootstrap', 'unshare', 'nsenter', 'chroot'];
const variables = processEnvironment();

/** Why no image can be built and run here; null: it can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it takes root on Linux';
  const path = `${variables['PATH'] ?? ''}:/usr/sbin:/sbin`.split(':');
  const missing = TOOLS.filter((tool) => !path.some((folder) => existsSync(join(folder, tool))));
  return missing.length === 0 ? null : `not installed: ${missing.join(' ')}`;
}

/** Runs a program to its end; what it says on stderr is shown. */
export function run(
  program: string,
  args: readonly string[],
  more: { readonly timeout?: number } = {},
): string {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 256 * 1024 * 1024,
    timeout: more.timeout ?? TEN_MINUTES,
    env: { ...variables, PATH: `${variables['PATH'] ?? ''}:/usr/sbin:/sbin` },
  };
  return execFileSync(program, [...args], options);
}

/**
 * An image built by Debian's buildah, without a daemon and without a registry of images: the base is Debian as
 * debootstrap lays it out, with the Node and the npm of this machine.
 */
export class BuiltImage {
  readonly #folder: string;
  #container: string | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Builds the Dockerfile of this folder. A base that was laid out before is taken again. */
  build(): void {
    const base = join(this.#folder, `base-${SUITE}`);
    if (!existsSync(join(base, 'usr/local/bin/npm'))) layOut(base);
    const container = this.#buildah('from', 'scratch').trim();
    this.#buildah('copy', '--quiet', container, base, '/');
    this.#buildah('config', ...baseEnvironment().flatMap((setting) => ['--env', setting]), container);
    this.#buildah('commit', '--quiet', '--format', 'docker', container, 'localhost/node-base');
    this.#buildah('rm', container);
    const args = ['--build-arg', 'NODE_IMAGE=localhost/node-base', '--tag', 'localhost/accountsync'];
    this.#buildah('build', '--isolation', 'chroot', '--format', 'docker', '--pull-never', ...args, '.');
  }

  /** What the Dockerfile says of how it is run. */
  config(): unknown {
    const inspected: unknown = JSON.parse(
      this.#buildah('inspect', '--type', 'image', 'localhost/accountsync'),
    );
    return inspected;
  }

  /** Where its files are. */
  mount(): string {
    this.#container = this.#buildah('from', '--pull-never', 'localhost/accountsync').trim();
    return this.#buildah('mount', this.#container).trim();
  }

  /** Removes the images; the base stays for the next time. */
  remove(): void {
    if (this.#container !== null) this.#buildah('rm', this.#container);
    this.#buildah('rmi', '--all', '--force');
  }

  #buildah(command: string, ...args: readonly string[]): string {
    const place = ['--root', join(this.#folder, 'store'), '--runroot', join(this.#folder, 'run')];
    return run('buildah', [...place, command, ...args]);
  }
}

function layOut(base: string): void {
  run('debootstrap', ['--variant=minbase', SUITE, base]);
  const [node = process.execPath] = globSync('node_modules/node-linux-*/bin/node');
  mkdirSync(join(base, 'usr/local/lib/node_modules'), { recursive: true });
  cpSync(node, join(base, 'usr/local/bin/node'));
  run('chroot', [base, 'useradd', '--uid', '1000', '--create-home', 'node']);
  const authorities = variables['NODE_EXTRA_CA_CERTS'];
  if (authorities !== undefined) cpSync(authorities, join(base, AUTHORITIES));
  const npm = dirname(dirname(realpathSync(run('sh', ['-c', 'command -v npm']).trim())));
  cpSync(npm, join(base, 'usr/local/lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(base, 'usr/local/bin/npm'));
}

/** Where a machine behind a proxy that signs for others keeps who may. */
const AUTHORITIES = '/usr/local/share/authorities.pem';

function baseEnvironment(): string[] {
  const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return variables['NODE_EXTRA_CA_CERTS'] === undefined
    ? [path]
    : [path, `NODE_EXTRA_CA_CERTS=${AUTHORITIES}`];
}
