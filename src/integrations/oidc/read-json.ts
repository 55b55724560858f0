/** Keys of an issuer are a few kilobytes. */
const LARGEST_ANSWER_BYTES = 1_000_000;

/** A JSON document, read as everything outside is: bounded in time and size, no redirects. */
export async function readJson(url: string, timeoutMs: number): Promise<unknown> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json' },
  });
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_ANSWER_BYTES)
      throw new Error(`${url} answered more than ${LARGEST_ANSWER_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return JSON.parse(text + decoder.decode());
}
