import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { run } from './build-image.ts';

/** How an image wants to be run. */
export interface ImageConfig {
  readonly user: string;
  readonly command: readonly string[];
  readonly environment: readonly string[];
  readonly folder: string;
}

/** Its own mounts: everything can only be read but /tmp, and /run has what a runtime hands in. */
const ENTER = `
set -e
mount --make-rprivate /
mount --bind "$ROOT" "$ROOT"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
mount -t tmpfs tmpfs "$ROOT/tmp"
mount -t tmpfs tmpfs "$ROOT/run"
mkdir "$ROOT/run/secrets"
cp "$SECRETS"/* "$ROOT/run/secrets/"
chmod 0444 "$ROOT"/run/secrets/*
mount -o remount,bind,ro "$ROOT"
exec chroot --userspec="$ACCOUNT" "$ROOT" /usr/bin/env -i "$@"
`;

/** A container as far as it takes one to see that the image runs: no root, a root that can only be read. */
export class RunningImage {
  readonly #process: ChildProcess;
  readonly #root: string;
  readonly #config: ImageConfig;
  output = '';

  constructor(
    root: string,
    config: ImageConfig,
    given: { readonly secrets: string; readonly environment: readonly string[] },
  ) {
    this.#root = root;
    this.#config = config;
    const inside = ['-C', config.folder, ...config.environment, ...given.environment, ...config.command];
    this.#process = spawn('unshare', ['--mount', 'sh', '-c', ENTER, 'sh', ...inside], {
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        ROOT: root,
        SECRETS: given.secrets,
        ACCOUNT: config.user,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
  }

  get ended(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Runs a command beside it, as its runtime runs a health check; throws where that fails. */
  beside(command: readonly string[], environment: readonly string[]): string {
    const { user, folder } = this.#config;
    const enter = ['--mount', '--target', String(this.pid), 'chroot', `--userspec=${user}`, this.#root];
    return run('nsenter', [
      ...enter,
      '/usr/bin/env',
      '-i',
      '-C',
      folder,
      ...this.#config.environment,
      ...environment,
      ...command,
    ]);
  }

  /** As a runtime stops it; the exit status. */
  async stop(): Promise<number | null> {
    if (!this.ended) {
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await exited;
    }
    return this.#process.exitCode;
  }
}
