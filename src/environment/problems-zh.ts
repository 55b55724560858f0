/** Expectations of the environment's mistakes, in Chinese; `$1` and the like are what stands in the English text. */
const expectations: readonly (readonly [english: RegExp, chinese: string])[] = [
  [/^expected a whole number from (\S+) to (\S+)$/, '应为 $1 到 $2 的整数'],
  [/^expected true or false$/, '应为 true 或 false'],
  [/^expected (\S+(?:, \S+)*) or (\S+)$/, '应为 $1、$2 之一'],
  [/^expected a URL like (.+)$/, '应为形如 $1 的地址'],
  [/^expected origins like (.+)$/, '应为形如 $1 的来源，逗号分隔'],
  [/^expected a time zone like (.+)$/, '应为时区，如 $1'],
  [/^expected a domain such as (.+)$/, '应为域名，如 $1'],
  [/^expected 32 bytes in base64, as of (`.+`)(.*)$/, '应为 base64 编码的 32 字节，可用 $1 生成$2'],
  [
    /^expected at least 24 ASCII characters without spaces, because others can reach it.*$/,
    '应为至少 24 个 ASCII 字符，不含空格：使用了 DATABASE_URL 或 HOST 不是本机，他人可以访问；也可改设 OIDC_ISSUER 和 OIDC_AUDIENCE',
  ],
  [/^expected at least 24 ASCII characters without spaces(.*)$/, '应为至少 24 个 ASCII 字符，不含空格$1'],
  [/^expected an https URL, as the issuer writes it.*$/, '应为签发方所写的 https 地址（仅本机可用 http）'],
  [/^expected https \(plain http only on loopback\)$/, '应为 https 地址（仅本机可用 http）'],
  [/^expected an http or https URL$/, '应为 http 或 https 地址'],
  [/^expected the http\(s\) address of a collector, such as (.+)$/, '应为采集器的 http(s) 地址，如 $1'],
  [/^expected no link-local address$/, '不得为链路本地地址'],
  [/^expected a URL without user name and password$/, '地址中不得带用户名和密码'],
  [/^expected a URL without "\?" and "#"$/, '地址中不得带 ? 和 #'],
  [/^expected a URL$/, '应为地址'],
  [/^expected a secret$/, '应为密钥或口令'],
  [/^expected a text$/, '应填写内容'],
  [/^expected a path that begins with \/ and contains (.+)$/, '应为以 / 开头并含 $1 的路径'],
  [/^expected the path of a file that this process can read$/, '应为本进程可读的文件路径'],
  [/^expected only one of (\S+) and (\S+)$/, '$1 和 $2 只能设置一个'],
  [/^expected only beside (\S+)$/, '只能与 $1 同时设置'],
  [/^expected beside (\S+)$/, '设置了 $1 时也须设置'],
  [/^expected auto, on, off or a list of (.+)$/, '应为 auto、on、off，或 $1 中若干个（逗号分隔）'],
];

/**
 * Translates one line of an `EnvError` into Chinese. A line without translation keeps its English words, which is
 * better than nothing.
 */
export function problemZh(problem: string): string {
  const [, variable, given, expected] = /^(\S+): (not set|given [\s\S]*?); ([\s\S]*)$/.exec(problem) ?? [];
  if (variable === undefined || given === undefined || expected === undefined) return problem;
  const value =
    given === 'not set'
      ? '未设置'
      : `当前为 ${given.slice('given '.length).replace('[redacted]', '（已隐去）')}`;
  const known = expectations.find(([english]) => english.test(expected));
  return `${variable}：${value}；${known === undefined ? expected : expected.replace(known[0], known[1])}`;
}

/** All of them, under a heading. */
export function problemsZh(problems: readonly string[]): string {
  return [`配置有 ${problems.length} 处错误：`, ...problems.map((problem) => `  ${problemZh(problem)}`)].join(
    '\n',
  );
}
