/** What the profiles show to be in the way of more, by measure; printed under the table of docs/benchmarks.md. */
export const limits: Readonly<Record<string, string>> = {
  'read-request, read-tasks':
    'the one thread of the service, where the limit leaves most to Postgres on the other processor: writing to the sockets of Postgres and callers is 14 to 25 % of its time, collecting garbage 14 to 18 %, reading rows of Postgres 10 to 12 %; in read-tasks authentication, rate limit, masking and GraphQL over HTTP, which the limit and the peers do not have or have in part, are a fifth',
  intake:
    'the COPY of the items, as in the limit: of 14 ms per 1,000 Postgres spends four on the foreign key and five on the five indexes; what comes on top is normalising, checking and fingerprinting people (2 to 3 ms per 1,000), collecting garbage, six more statements, and the intake job of the call before',
  'people-first':
    'hashing rows, and a transaction per 1,000 people with its run and checkpoint, where the limit has one for all; lines of the COPY are written while Postgres takes in those before them',
  'plan-tasks':
    'the insert of the accounts, with its unique index and its conflict clause (two planners at once), which the bare INSERT … SELECT does without',
  drain:
    'its first and last moments: the first 40 calls have nothing ahead of them and the last have nothing behind; between, calls that end together wait for the process',
  'task-cost':
    'some statement for each: fetch, permits, claim and facts for every 5 to 8 tasks (0.3 ms of Postgres a task), some 20 per settled batch of 30 to 80 outcomes; writing to the socket of Postgres is a fifth of the service, axios 7 %',
  'pickup, end-to-end':
    'processor time of statements: accepting is one transaction, planning a second (27 statements in 14 round trips), admitting and claiming a third and fourth, settling a fifth; each statement is 0.1 to 0.5 ms of Postgres (triggers of the audit log are a third of each change), each commit 1 to 2 ms of writing to the disk, and each hop by pg-boss 2 to 3 ms',
  fanout:
    'one system call per socket and message (half of the sending), as in the limit; the rest is promises between the event and the socket',
  memory:
    'at rest: 59 MB of Node’s own file, 61 of live objects (25 of them sources of modules, 15 compiled code), 22 outside the heap; the young generation is bounded to 8 MB, which costs a tenth of the speed',
  fairness:
    'both processors are taken by the ten thousand: the ten wait for the chunk that is being planned, for the jobs that each system has ready, and for the batches in which outcomes are settled, twice',
  overload: 'the processors: what is refused costs about a tenth of what is answered',
  faults:
    'calls: a lost answer costs one more call where a system cannot be searched, three where it can (two look-ups by provisioning.md §5), all within the rate of the system',
};
