/** The first of a list that is read page by page. */
export async function take<T>(list: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const item of list) {
    taken.push(item);
    if (taken.length >= count) break;
  }
  return taken;
}
