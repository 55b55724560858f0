/** A piece of a file, once in it, and what stands there without the mechanism. */
export interface Replacement {
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

/** A mechanism that exists for speed, and how it is taken out. */
export interface Ablation {
  readonly what: string;
  /** Lines of product code that would go. */
  readonly lines: number;
  /** Measures that the mechanism is for. */
  readonly measures: readonly string[];
  readonly replacements: readonly Replacement[];
}

/** By name: `npm run bench -- ablation NAME` measures with and without it, turn by turn. */
export const ablations: Readonly<Record<string, Ablation>> = {
  'statement-names': {
    what: 'statements are prepared by the hash of their text, from the second use',
    lines: 75,
    measures: ['pickup', 'read-tasks'],
    replacements: [
      { file: 'src/database/driver.ts', text: 'options.prepares ? new StatementNames() : null', by: 'null' },
    ],
  },
  'any-key': {
    what: 'the number of keys is hidden, so that short lists are not planned anew',
    lines: 4,
    measures: ['pickup'],
    replacements: [
      {
        file: 'src/entities/keys.ts',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
        text: '(select ${[...ids]}::bigint[])',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
        by: '(${[...ids]}::bigint[])',
      },
    ],
  },
  pipelining: {
    what: 'statements go out without waiting for answers',
    lines: 70,
    measures: ['pickup'],
    replacements: [{ file: 'src/database/orm.ts', text: '    pipeline: true,\n', by: '' }],
  },
  'sent-together': {
    what: 'the statements of one turn go to the socket in one system call',
    lines: 8,
    measures: ['task-cost'],
    replacements: [
      {
        file: 'src/database/connection.ts',
        text: 'if (stream.writableCorked > 0) return;',
        by: 'if (stream !== null) return;',
      },
    ],
  },
  'asynchronous-commits': {
    what: 'what mends itself after a crash is committed without waiting for the disk',
    lines: 20,
    measures: ['pickup'],
    replacements: [
      {
        file: 'src/entities/transaction.ts',
        text: "'begin; set local synchronous_commit = off'",
        by: "'begin'",
      },
    ],
  },
  'claims-ahead': {
    what: 'tasks are claimed before their slot is free',
    lines: 170,
    measures: ['drain'],
    replacements: [
      {
        file: 'src/jobs/systems/system-access.ts',
        text: 'lookAhead(): number {',
        by: 'lookAhead(): number {\n    if (this.#options !== null) return 0;',
      },
    ],
  },
  copy: {
    what: 'large requests are stored by COPY',
    lines: 70,
    measures: ['intake'],
    replacements: [
      {
        file: 'src/jobs/provisioning/requests/store-request-items.ts',
        text: 'if (isCopied(validated)) {',
        by: 'if (isCopied(validated) && request === null) {',
      },
    ],
  },
  'compiled-operations': {
    what: 'operations are compiled by graphql-jit',
    lines: 150,
    measures: ['read-tasks'],
    replacements: [
      {
        file: 'src/server/operations/compiled-operations.ts',
        text: 'if (source === undefined) return null;',
        by: 'if (source === undefined || operationName !== null) return null;',
      },
    ],
  },
  'asked-columns': {
    what: 'lists read the columns that the fields asked for need',
    lines: 190,
    measures: ['read-request'],
    replacements: [
      {
        file: 'src/schema/reading/asked-columns.ts',
        text: 'return names.includes(null) ? everyColumn : ',
        by: 'return names.length >= 0 ? everyColumn : ',
      },
    ],
  },
};
