import { loadStripped } from './stripped-types.js';

loadStripped();
await import('./main.ts');
