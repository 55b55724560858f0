/** The moment at which a day begins by the clock of a zone, and at which it ends; null for what is no day. */
export function dayBounds(
  day: string | undefined,
  zone: string,
): { readonly from: string; readonly to: string } | null {
  if (day === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return { from: midnight(day, zone), to: midnight(next.toISOString().slice(0, 10), zone) };
}

function midnight(day: string, zone: string): string {
  const utc = Date.parse(`${day}T00:00:00Z`);
  // A second look, as the offset may be another at the moment that the first one finds.
  const first = utc - offsetMs(utc, zone);
  return new Date(utc - offsetMs(first, zone)).toISOString();
}

function offsetMs(atMs: number, zone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: zone,
  });
  return Date.parse(`${format.format(atMs).replace(' ', 'T')}Z`) - Math.floor(atMs / 1_000) * 1_000;
}
