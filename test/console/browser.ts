import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { z } from 'zod';
import { madeKey, makeDataDir, removeDataDir } from '../setup/data-dir.ts';
import { ServiceProcess } from '../setup/service-process.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path)) ?? null;

/** Without Debian's Chromium what a browser shows cannot be tested; the run says so. */
export const hasBrowser = CHROMIUM !== null;
if (!hasBrowser) console.warn('chromium is not installed: the tests in a browser are skipped');

/** Where pictures of every page are left, to be looked at. */
export const screenshots = resolve('test/console/screenshots');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const axeScript = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullish(),
    nodes: z.array(z.object({ target: z.array(z.unknown()), html: z.string() })),
  }),
);

/** How a reader has set up their browser. */
export interface Reader {
  readonly locale?: 'zh-CN' | 'en';
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  /** For pages that ask for a name and a password. */
  readonly password?: string;
}

/** A page in the browser, and what it did that no page may do. */
export interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Messages on the console, errors, and requests to other origins. */
  readonly faults: string[];
}

const createdKey = z.object({
  createApiKey: z.object({ secret: z.string(), apiKey: z.object({ id: z.string() }) }),
});

/** The service as an operator starts it, with fresh data, and a browser that looks at it. */
export class ConsoleBench {
  readonly #dataDir: string;
  #service: ServiceProcess;
  readonly #browser: Browser;
  readonly #profile: string;
  origin = '';
  readonly #variables: Readonly<Record<string, string>>;

  private constructor(browser: Browser, profile: string, variables: Readonly<Record<string, string>>) {
    this.#dataDir = makeDataDir();
    this.#browser = browser;
    this.#profile = profile;
    this.#variables = variables;
    this.#service = this.#spawn('0');
  }

  static async start(variables: Readonly<Record<string, string>> = {}): Promise<ConsoleBench> {
    const profile = mkdtempSync(join(tmpdir(), 'accountsync-chromium-'));
    const browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: FLAGS,
      env: { HOME: profile },
    });
    const bench = new ConsoleBench(browser, profile, variables);
    bench.origin = new URL((await bench.#service.ready()).url).origin;
    // The clock must not bring five thousand people of HR into the middle of a test.
    await bench.ask(
      'mutation { updateSetting(input: { key: "hr_sync_enabled", value: false }) { userErrors { code } } }',
    );
    return bench;
  }

  get key(): string {
    return this.#variables['ADMIN_API_KEY'] ?? madeKey(this.#dataDir);
  }

  /** Stops the service and starts it again at the same address, with the same data. */
  async restart(): Promise<void> {
    this.#service.signal('SIGTERM');
    await this.#service.exitStatus();
    this.#service = this.#spawn(new URL(this.origin).port);
    await this.#service.ready();
  }

  /** Opens a path of the service in a window of its own. */
  async open(path: string, reader: Reader = {}): Promise<Visit> {
    const { locale = 'en', colorScheme = 'light', width = 1280, password } = reader;
    const context = await this.#browser.newContext({
      locale,
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      acceptDownloads: true,
      ...(password !== undefined && { httpCredentials: { username: 'admin', password } }),
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.origin) && !/^(data|blob):/.test(url)) faults.push(`request to ${url}`);
    });
    await page.goto(this.origin + path);
    return { page, context, faults, [Symbol.asyncDispose]: () => context.close() };
  }

  /** Makes a system of the sandbox misbehave. */
  async misbehave(rule: object): Promise<void> {
    const control = readFileSync(join(this.#dataDir, 'sandbox-control'), 'utf8');
    const response = await fetch(`${control}/__sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(rule),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** A key that the administrator makes. */
  async keyWith(
    name: string,
    scopes: readonly string[],
    originSystems: readonly string[] | null = null,
  ): Promise<{ id: string; secret: string }> {
    const answer = await this.ask(
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } userErrors { code } } }',
      { input: { name, scopes, originSystems } },
    );
    const { secret, apiKey } = createdKey.parse(answer).createApiKey;
    return { id: apiKey.id, secret };
  }

  /** Opens a path with a key in place of the one that the page was given. */
  async openAs(key: string, path: string): Promise<Visit> {
    const visit = await this.open('/console/developer');
    await visit.page.getByRole('button', { name: 'Sign out' }).click();
    await visit.page.goto(this.origin + path);
    await visit.page.getByLabel('API key').fill(key);
    await visit.page.getByRole('button', { name: 'Sign in' }).click();
    await visit.page.getByRole('button', { name: 'Sign out' }).waitFor();
    return visit;
  }

  /** Asks the API, as the administrator. */
  async ask(query: string, variables: object = {}): Promise<unknown> {
    const response = await fetch(`${this.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = z
      .object({ data: z.unknown(), errors: z.unknown().optional() })
      .parse(await response.json());
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#service.destroy();
    removeDataDir(this.#dataDir);
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #spawn(port: string): ServiceProcess {
    return new ServiceProcess('start', { ...this.#variables, PORT: port, DATA_DIR: this.#dataDir });
  }
}

/** What axe finds on a page that keeps somebody from using it. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeScript);
  const found = violations.parse(
    await page.evaluate('globalThis.axe.run().then(({ violations }) => violations)'),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} ${target.join(' ')} ${html.slice(0, 120)}`),
    );
}

/** More stops than any page has. */
const STOPS_MAX = 150;

/** Goes on by the Tab key until this has the focus. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not lead to ${wanted}.`);
}

/** Thirty people of a supplier: of one the phone is no mobile, of another the department is unmapped. */
export function sampleRequest(businessKey: string): object {
  const surnames = '王李张刘陈杨赵黄周吴';
  const userList = Array.from({ length: 30 }, (_, index) => ({
    employeeNumber: `S${1_000 + index}`,
    employeeName: `${surnames[index % 10]}${['伟', '娜', '敏'][Math.floor(index / 10)]}`,
    departmentCode: index === 7 ? 'D404' : 'D001',
    phoneNumber: index === 3 ? '02188886666' : `1390000${1_000 + index}`,
    partnerCompany: '测试公司',
    country: '中国',
  }));
  return {
    input: {
      originSystem: 'HR_SYSTEM',
      businessKey,
      accountType: '供应商',
      employeeType: '1',
      systemList: ['IDAAS', 'WELINK', 'EMAIL'],
      userList,
    },
  };
}

export const CREATE =
  'mutation ($input: CreateAccountsInput!) { createAccounts(input: $input) { request { requestId } userErrors { code } } }';
export const MAP_D001 =
  'mutation { upsertDepartmentMappings(input: { mappings: [{ idataDepartmentCode: "D001", idaasDepartmentCode: "D001", ou: "OU=D001,OU=Suppliers" }] }) { created } }';
