import { Socket } from 'node:net';
import pg from 'pg';

// `postgres://user:password@one:5432,two:5432/name?target_session_attrs=read-write`, as libpq writes it. pg, MikroORM
// and pg-boss know one host, so each connection asks here for the primary when it is made.

interface Host {
  readonly host: string;
  readonly port: number;
}

/** The answer of one host; its timeline is null when it does not accept writes. */
interface Answer extends Host {
  readonly timeline: number | null;
}

/** Hosts are asked at once, and one that does not answer in this time counts as gone. */
const ANSWER_WITHIN_MS = 2_000;
/** Connections that are made at the same time share one look. */
const LOOK_LASTS_MS = 500;
/** How long a connection may stand to a host that is no longer the primary. */
const WATCH_EVERY_MS = 2_000;

/**
 * How `pg` connects to a URL: as it says, or, when the URL names several hosts, to the one that may be written to.
 */
export function connectionTo(
  url: string,
): { readonly connectionString: string } & Pick<pg.ClientConfig, 'stream'> {
  const { hosts, single } = parseHosts(url);
  if (hosts.length < 2) return { connectionString: url };
  const primary = primaryOf(url);
  return { connectionString: single, stream: () => primary.socket() };
}

/** The URL of the primary alone, for what knows neither several hosts nor our sockets. */
export async function urlOfPrimary(url: string): Promise<string> {
  const { hosts, single } = parseHosts(url);
  return hosts.length < 2 ? single : overHost(single, await primaryOf(url).find());
}

/** The hosts of a URL, and the URL with the first of them alone, which says user, database and everything else. */
export function parseHosts(url: string): { readonly hosts: readonly Host[]; readonly single: string } {
  const found = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(url);
  const [, before = '', authority = '', after = ''] = found ?? [];
  const hosts = authority.split(',').map((text) => {
    const { hostname, port } = new URL(`postgres://${text}`);
    return { host: hostname.replace(/^\[(.+)\]$/, '$1'), port: Number(port || 5432) };
  });
  if (hosts.length < 2) return { hosts, single: url };
  const single = new URL(`${before}${authority.split(',')[0]}${after}`);
  single.searchParams.delete('target_session_attrs');
  return { hosts, single: single.href };
}

/** One for all connections of this process to the same URL. */
const primaries = new Map<string, Primary>();

function primaryOf(url: string): Primary {
  const known = primaries.get(url) ?? new Primary(url);
  primaries.set(url, known);
  return known;
}

/**
 * Finds the primary among several hosts: the one that is not in recovery, whose sessions may write, and that stands on
 * the highest timeline. A promotion begins a timeline, so a former primary that comes back as if nothing had happened is
 * told from the one that took its place. While connections stand it is looked for again, and those to another host are
 * ended: a primary that was demoted is not written to.
 */
class Primary {
  readonly #url: string;
  readonly #hosts: readonly Host[];
  readonly #sockets = new Map<Socket, Host>();
  #look: { readonly answer: Promise<Host>; readonly until: number } | null = null;
  #timeline = 0;
  #watch: NodeJS.Timeout | null = null;

  constructor(url: string) {
    const { hosts, single } = parseHosts(url);
    this.#url = single;
    this.#hosts = hosts;
  }

  socket(): Socket {
    return new PrimarySocket(this);
  }

  find(): Promise<Host> {
    if (this.#look === null || this.#look.until < performance.now())
      this.#look = { answer: this.#find(), until: performance.now() + LOOK_LASTS_MS };
    return this.#look.answer;
  }

  connected(socket: Socket, host: Host): void {
    this.#sockets.set(socket, host);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      if (this.#sockets.size > 0 || this.#watch === null) return;
      clearInterval(this.#watch);
      this.#watch = null;
    });
    this.#watch ??= setInterval(() => void this.#endOthers(), WATCH_EVERY_MS).unref();
  }

  async #find(): Promise<Host> {
    const answers = await Promise.all(this.#hosts.map((host) => ask(this.#url, host)));
    const [best] = answers
      .flatMap((answer) => (answer?.timeline == null ? [] : [{ ...answer, timeline: answer.timeline }]))
      // A host on an older timeline than one seen before has been succeeded. It is not the primary, even if no other
      // answers.
      .filter(({ timeline }) => timeline >= this.#timeline)
      .toSorted((a, b) => b.timeline - a.timeline);
    if (best === undefined) {
      const names = this.#hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
      throw Object.assign(new Error(`None of the databases ${names} may be written to.`), {
        code: 'ECONNREFUSED',
      });
    }
    this.#timeline = best.timeline;
    return best;
  }

  async #endOthers(): Promise<void> {
    const primary = await this.find().catch(() => null);
    if (primary === null) return;
    for (const [socket, { host, port }] of this.#sockets)
      if (host !== primary.host || port !== primary.port)
        socket.destroy(
          Object.assign(new Error('The database is no longer the primary.'), { code: 'ECONNRESET' }),
        );
  }
}

/** Connects to the primary, regardless of the host asked for. */
class PrimarySocket extends Socket {
  readonly #primary: Primary;

  constructor(primary: Primary) {
    super();
    this.#primary = primary;
  }

  override connect(): this {
    this.#primary.find().then(
      (host) => {
        if (this.destroyed) return;
        this.#primary.connected(this, host);
        super.connect(host.port, host.host);
      },
      (error: Error) => this.destroy(error),
    );
    return this;
  }
}

function overHost(url: string, { host, port }: Host): string {
  const hostname = host.includes(':') ? `[${host}]` : host;
  return Object.assign(new URL(url), { host: `${hostname}:${port}` }).href;
}

/** Null: it does not answer. */
async function ask(url: string, host: Host): Promise<Answer | null> {
  const client = new pg.Client({
    connectionString: overHost(url, host),
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    application_name: 'accountsync-look',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ timeline: number | null }>(`
      select case when not pg_is_in_recovery() and not current_setting('default_transaction_read_only')::bool
        then ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end as timeline`);
    return { ...host, timeline: rows[0]?.timeline ?? null };
  } catch {
    return null;
  } finally {
    client.end().catch(() => {});
  }
}
