import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Where `npm ci` puts what it builds of `console/`. */
export const builtPagesFolder = join(import.meta.dirname, '../../../console/dist');
/** Path under which the pages refer to their scripts and styles. */
export const ASSETS_PATH = '/console/assets/';
/** The command that builds the pages, for messages. */
export const BUILD_COMMAND = 'node console/build.js';

/** What a browser reads where there are no pages. */
const notBuilt = `页面尚未构建。请在项目目录运行：
The pages are not built. In the folder of the project, run:

  ${BUILD_COMMAND}

以 --omit=dev 安装时没有构建工具，改为：
An install with --omit=dev has not the tools; then:

  npm ci && npm prune --omit=dev --omit=optional

然后重启服务。API 和命令行不受影响。
Then start the service again. The API and the command line work without.
`;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};
/** File types that are compressed already. */
const PACKED = new Set(['.woff2']);

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer | null;
}

/** The pages that Vite built: read when first asked for, then kept in memory, compressed. */
export class BuiltPages {
  readonly #folder: string;
  /** Null: not read yet. */
  readonly #assets = new Map<string, Promise<Asset> | null>();
  readonly #documents = new Map<string, string>();

  /** Of a folder that holds `index.html`, `graphiql.html` and `assets/`; an empty set where it is missing. */
  constructor(folder: string) {
    this.#folder = folder;
    if (!existsSync(folder)) return;
    for (const name of readdirSync(join(folder, 'assets'))) this.#assets.set(name, null);
    for (const name of readdirSync(folder))
      if (name.endsWith('.html')) this.#documents.set(name, readFileSync(join(folder, name), 'utf8'));
  }

  has(document: string): boolean {
    return this.#documents.has(document);
  }

  /** Answers with the page, whose `<style>` and data carry a nonce of their own; 503 where it was never built. */
  answerDocument(
    document: string,
    response: ServerResponse,
    options: { readonly config: object; readonly policy: (nonce: string) => string },
  ): void {
    const html = this.#documents.get(document);
    if (html === undefined) {
      response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(notBuilt);
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    const config = JSON.stringify(options.config).replaceAll('<', '\\u003c');
    const body = Buffer.from(html.replaceAll('__NONCE__', nonce).replace('"__CONFIG__"', () => config));
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': body.length,
      'content-security-policy': options.policy(nonce),
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    response.end(body);
  }

  /** Answers a script, style or font; its name holds a hash of it, so that browsers may keep it. */
  async answerAsset(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asset = await this.#asset(name);
    if (asset === null) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such file.\n');
      return;
    }
    response.setHeader('content-type', asset.type);
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    response.setHeader('vary', 'Accept-Encoding');
    const packed = asset.gzipped !== null && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (packed) response.setHeader('content-encoding', 'gzip');
    const body = packed && asset.gzipped !== null ? asset.gzipped : asset.body;
    response.writeHead(200, { 'content-length': body.length }).end(body);
  }

  #asset(name: string): Promise<Asset> | null {
    const known = this.#assets.get(name);
    if (known !== null) return known ?? null;
    const asset = readAsset(join(this.#folder, 'assets', name)).catch((error: unknown) => {
      this.#assets.set(name, null);
      throw error;
    });
    this.#assets.set(name, asset);
    return asset;
  }
}

async function readAsset(file: string): Promise<Asset> {
  const body = await readFile(file);
  const extension = extname(file);
  const type = TYPES[extension] ?? 'application/octet-stream';
  return { type, body, gzipped: PACKED.has(extension) ? null : await compress(body) };
}
