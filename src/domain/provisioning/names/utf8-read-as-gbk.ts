/** Lead bytes of Han characters in UTF-8, and what may follow. */
const LEADS = [0xe4, 0xe9] as const;
const FOLLOWS = [0x80, 0xbf] as const;
const GBK_LEADS = [0x81, 0xfe] as const;
const GBK_TRAILS = [0x40, 0xfe] as const;
const HAN = /^\p{Script=Han}+$/u;

const gbk = new TextDecoder('gbk', { fatal: true });
const utf8 = new TextDecoder('utf-8', { fatal: true });
let beginnings: ReadonlySet<string> | null = null;
let pairs: ReadonlyMap<string, readonly [number, number]> | null = null;

/**
 * True for Han text that was UTF-8 and was read as GBK: 王伟 becomes 鐜嬩紵, 张三 寮犱笁. Three bytes a character make one
 * and a half of GBK, so only even numbers of characters leave no sign of it. Names whose bytes happen to be both are rare
 * enough to be asked about: they begin with one of 384 characters, few of them surnames.
 */
export function isUtf8ReadAsGbk(text: string): boolean {
  beginnings ??= readBeginnings();
  if (!beginnings.has(text[0] ?? '') || text.length % 3 !== 0 || !HAN.test(text)) return false;
  pairs ??= readPairs();
  const bytes: number[] = [];
  for (const character of text) {
    const pair = pairs.get(character);
    if (pair === undefined) return false;
    bytes.push(...pair);
  }
  try {
    return HAN.test(utf8.decode(Uint8Array.from(bytes)));
  } catch {
    return false;
  }
}

/** Characters whose bytes in GBK may begin a Han character in UTF-8. */
function readBeginnings(): ReadonlySet<string> {
  const found = new Set<string>();
  eachPair(LEADS, FOLLOWS, (character) => found.add(character));
  return found;
}

function readPairs(): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  eachPair(GBK_LEADS, GBK_TRAILS, (character, pair) => found.set(character, pair));
  return found;
}

function eachPair(
  leads: readonly [number, number],
  trails: readonly [number, number],
  take: (character: string, pair: readonly [number, number]) => void,
): void {
  for (let lead = leads[0]; lead <= leads[1]; lead += 1) {
    for (let trail = trails[0]; trail <= trails[1]; trail += 1) {
      try {
        take(gbk.decode(Uint8Array.of(lead, trail)), [lead, trail]);
      } catch {
        // Not every pair of bytes is a character.
      }
    }
  }
}
