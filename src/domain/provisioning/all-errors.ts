import { provisioningErrors } from './error-catalogue.ts';

/** Every error that the API may have to explain: our own and the upstreams'. */
export const allErrors = { ...provisioningErrors } as const;
