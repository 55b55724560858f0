import type { Block } from './blocks.ts';

/**
 * Makes the external id of a block, for the event's description and the attendance application, from offering, term,
 * date, half-day and start: it outlives changes of room and teacher, and is kept when the block moves. `taken`: ids
 * of the offering that are in use; gets the new one.
 */
export function newExternalId(
  of: { readonly term: string; readonly offering: string },
  block: Pick<Block, 'date' | 'halfDay' | 'start'>,
  taken: Set<string>,
): string {
  const time = block.start.slice(0, 5);
  const base = `${of.offering}${of.term}${block.date}${block.halfDay.toLowerCase()}${time}`.replace(
    /[^0-9a-zA-Z]/g,
    '',
  );
  let id = base;
  for (let copy = 2; taken.has(id); copy += 1) id = `${base}x${copy}`;
  taken.add(id);
  return id;
}

/** True when a description carries the marker of this block, and not of one whose id only begins alike. */
export function carriesMarker(description: string, externalId: string): boolean {
  return externalIdsIn(description).includes(externalId);
}

const MARKER = /编号[：:]\s*([0-9a-zA-Z]+)/g;

/** The line of a description that says which block it is. */
export function markerLine(externalId: string): string {
  return `编号：${externalId}`;
}

/** The markers in a description. */
export function externalIdsIn(description: string): string[] {
  return [...description.matchAll(MARKER)].map(([, id = '']) => id);
}
