/** Rules about the addresses to which this service may connect. */

/** Addresses without a receiver of ours, where others listen (a cloud's metadata, neighbours). */
const NEVER: readonly string[] = [
  '0.0.0.0/8',
  '169.254.0.0/16', // link-local, with the metadata service of most clouds
  '100.100.100.200/32', // metadata at Alibaba Cloud
  '192.0.0.192/32', // metadata at Oracle Cloud
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  'fe80::/10',
  'fd00:ec2::254/128', // metadata at AWS
  'fd20:ce::254/128', // metadata at Google Cloud
  'ff00::/8',
];
const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];
/** Behind these prefixes stands an IPv4 address: mapped, compatible, NAT64, 6to4. */
const EMBEDDED = [
  { prefix: '::ffff:0:0/96', at: 12 },
  { prefix: '::/96', at: 12 },
  { prefix: '64:ff9b::/96', at: 12 },
  { prefix: '2002::/16', at: 2 },
] as const;

const V6_BYTES = 16;

/** Whether messages may be sent to an address: `never`, `loopback` (only by a loopback name), or `anything`. */
export function judgeAddress(address: string): 'never' | 'loopback' | 'anything' {
  const bytes = parseAddress(address);
  if (bytes === null) return 'never';
  return judge(bytes);
}

function judge(bytes: readonly number[]): 'never' | 'loopback' | 'anything' {
  if (NEVER.some((range) => isWithin(bytes, range))) return 'never';
  if (LOOPBACK.some((range) => isWithin(bytes, range))) return 'loopback';
  if (bytes.length !== V6_BYTES) return 'anything';
  const embedded = EMBEDDED.find(({ prefix }) => isWithin(bytes, prefix));
  return embedded === undefined ? 'anything' : judge(bytes.slice(embedded.at, embedded.at + 4));
}

/** True for a host, as `URL` writes it, that is an address and no name. */
export function isAddress(host: string): boolean {
  return parseAddress(withoutBrackets(host)) !== null;
}

/** True for the names and addresses of this machine only; of a host as `URL` writes it. */
export function isLoopbackHost(host: string): boolean {
  const name = withoutBrackets(host);
  return name === 'localhost' || (isAddress(name) && judgeAddress(name) === 'loopback');
}

/** `[::1]` as `URL` writes it is `::1`. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function isWithin(bytes: readonly number[], range: string): boolean {
  const [base = '', length = ''] = range.split('/');
  const start = parseAddress(base);
  if (start === null || start.length !== bytes.length) return false;
  const bits = Number(length);
  const isSame = (byte: number, index: number): boolean => {
    const kept = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - kept)) & 0xff;
    return (byte & mask) === ((start[index] ?? 0) & mask);
  };
  return bytes.every(isSame);
}

/** Four or sixteen bytes; null for what is no address. A zone (`%eth0`) does not count. */
function parseAddress(text: string): number[] | null {
  const [address = ''] = text.split('%');
  return address.includes(':') ? parseV6(address) : parseV4(address);
}

function parseV4(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function parseV6(text: string): number[] | null {
  const dotted = /[^:]*\.[^:]*$/.exec(text)?.[0];
  const tail = dotted === undefined ? [] : parseV4(dotted);
  if (tail === null) return null;
  const groups = dotted === undefined ? text : text.slice(0, -dotted.length).replace(/(?<!:):$/, '');
  const [head = '', rest, ...more] = groups.split('::');
  const front = bytesOfGroups(head);
  const back = bytesOfGroups(rest ?? '');
  if (front === null || back === null || more.length > 0) return null;
  const missing = V6_BYTES - front.length - back.length - tail.length;
  if (missing < 0 || (rest === undefined && missing > 0)) return null;
  return [...front, ...Array.from({ length: missing }, () => 0), ...back, ...tail];
}

function bytesOfGroups(text: string): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16)).flatMap((value) => [value >> 8, value & 0xff]);
}
