import { readLockfile } from './bundle-contents.ts';
import { billOfMaterials } from './bundle-sbom.ts';

// `npm run sbom`: the CycloneDX bill of what runs in production here, on stdout.

const platform = `${process.platform}-${process.arch}`;
const bill = await billOfMaterials(readLockfile(), { platform, withPostgres: false });
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);
