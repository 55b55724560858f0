import { z } from 'zod';
import { importFirstSystem } from '../../../jobs/provisioning/first-system/import-first-system.ts';
import { addMutation } from '../../building/mutation.ts';
import { badUserInput } from '../../context/errors.ts';
import { operationContext } from '../../context/operation.ts';
import { needsSightOfAll } from '../../permissions/rules.ts';
import { runMode } from '../../runs/enums.ts';
import { RunPayload } from '../../runs/run-payload.ts';

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

addMutation('importFirstSystem', {
  rule: needsSightOfAll('admin'),
  description:
    'Takes the data of the first system over, a batch of rows per call; `accountsync import-first-system` reads them. The first call begins a run of FIRST_SYSTEM_IMPORT, or finds the one under way: `summary.places` says where to go on. After the last rows the accounts that are claimed are looked up; those that are missing are made only after confirmRun.',
  about: 'A batch of rows.',
  input: (t) => ({
    mode: t.field(runMode('DRY_RUN writes nothing but the run, and says what would become of the rows.')),
    runId: t.string({ description: 'Of the first call; without it an import begins, or goes on.' }),
    source: t.string({ description: 'What is read, without a password; with the first call.' }),
    unknownColumns: t.stringList({ description: 'Columns that are not taken over; with the first call.' }),
    table: t.string({ description: 'Its name there without `syncservice_`.' }),
    rows: t.field({
      type: ['JSON'],
      description:
        'At most 2,000 rows in order of their key: objects by column, and what was looked up beside them.',
    }),
    after: t.string({
      description: 'Key of the row before these; rows that follow another place are left out.',
    }),
    compare: t.boolean({
      required: true,
      defaultValue: false,
      description: 'Tasks it completed are compared with what would be planned here.',
    }),
    resubmitOpen: t.boolean({
      required: true,
      defaultValue: false,
      description:
        'Nothing is imported: requests and tasks that were open at the cut-over, and tasks that had failed, are requested anew by a run of its own.',
    }),
    finish: t.boolean({ required: true, defaultValue: false, description: 'There are no more rows.' }),
  }),
  run: async (given, scope) => {
    const rows = rowsSchema.safeParse(given.rows ?? []);
    if (!rows.success) throw badUserInput('rows', 'rows must be objects.');
    return await importFirstSystem(operationContext(scope), {
      mode: given.mode,
      runId: given.runId ?? null,
      source: given.source ?? null,
      unknownColumns: given.unknownColumns ?? [],
      table: given.table ?? null,
      rows: rows.data,
      after: given.after ?? null,
      compare: given.compare,
      finish: given.finish,
      resubmitOpen: given.resubmitOpen,
    });
  },
  payload: RunPayload,
});
