import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../arguments/usage-error.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Values of `--filter name=value`. @throws UsageError */
export function filterPairs(
  filters: readonly string[],
  say: Terminal['say'],
): readonly (readonly [name: string, value: string])[] {
  return filters.map((text) => pairOf(text, say));
}

/** Streams a file of the service to standard output, or into a new file, and says so. */
export async function savePieces(
  pieces: AsyncIterable<Uint8Array>,
  out: string | undefined,
  { say, print }: Pick<Terminal, 'say' | 'print'>,
): Promise<void> {
  if (out === undefined) return toOutput(pieces);
  await toFile(pieces, out, say);
  print({ out }, say(`已写入 ${out}\n`, `written to ${out}\n`));
}

function pairOf(text: string, say: Terminal['say']): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(say(`--filter 须写成 名称=值：${text}`, `--filter takes name=value, not ${text}.`));
}

async function toOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}

/** Readable by its owner only and never over an existing file; half a file is removed. */
async function toFile(pieces: AsyncIterable<Uint8Array>, path: string, say: Terminal['say']): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new UsageError(say(`无法新建文件 ${path}。`, `The file ${path} cannot be created.`), { cause });
  });
  await file.close();
  try {
    await pipeline(pieces, createWriteStream(path));
  } catch (error) {
    await rm(path);
    throw error;
  }
}
