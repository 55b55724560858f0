import { getCountries } from 'libphonenumber-js';
import { z } from 'zod';

const countries: ReadonlySet<string> = new Set(getCountries());

/** The two-letter code of a country. */
export const countryCode = z.string().refine((code) => countries.has(code), {
  message: 'is no country',
  params: { code: 'INVALID', parameters: { variant: 'COUNTRY' } },
});

/** A list in which nothing stands twice, whatever its case: the second is surely a slip. */
export function distinct<Entry extends z.ZodType<string>>(
  list: z.ZodArray<Entry>,
): z.ZodType<z.output<Entry>[]> {
  return list.superRefine((entries, context) => {
    const seen = new Map<string, number>();
    entries.forEach((entry, index) => {
      const key = String(entry).toLowerCase();
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else
        context.addIssue({
          code: 'custom',
          message: `has ${entry} twice`,
          path: [index],
          params: { code: 'INVALID', parameters: { variant: 'TWICE', value: String(entry), first } },
        });
    });
  });
}
