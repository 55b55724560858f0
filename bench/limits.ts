/** The limit that the profiles show for each measure; printed under the table of docs/benchmarks.md. */
export const limits: Readonly<Record<string, string>> = {
  'read-request, read-tasks':
    'the one thread of the service and the threads of V8 beside it, where the limit leaves most to Postgres: collecting garbage is a third of the processor time of read-request with those threads, and 17 % of the thread itself in read-tasks; there GraphQL over HTTP is some 12 %, authentication, rate limit and scope 9 %, writing to sockets 11 %, making the SQL text 5 %',
  intake:
    'the COPY of the items, as in the limit: of 14 ms per 1,000 Postgres spends four on the foreign key and five on the five indexes; what comes on top is reading, normalising and checking people before the COPY begins (3 ms per 1,000, garbage included); the fingerprint of many is worked out while Postgres takes in the rows',
  'people-first':
    'the COPY of a page with its indexes, as in the limit (16 of some 25 ms per 1,000 people); comparing, bookkeeping and the way there and back (7 ms), and `analyze` once at the end (0.2 s)',
  'plan-tasks':
    'the insert of the accounts, with its unique index and its conflict clause (two planners at once), which the bare INSERT … SELECT does without',
  drain:
    'its first and last moments: the first 40 calls have nothing ahead of them and the last have nothing behind; between, calls that end together wait for the process',
  'task-cost':
    'some statement for each: fetch, permits, claim and facts for every 5 to 8 tasks (0.3 ms of Postgres a task), some 20 per settled batch of 30 to 80 outcomes; writing to the socket of Postgres is a fifth of the service, axios 7 %',
  'pickup, end-to-end':
    'statements on processors that were idle: accepting is one transaction, planning a second (27 statements in nine round trips), admitting and claiming a third and fourth, settling a fifth; in a busy loop each statement is 0.1 to 0.2 ms of Postgres, between pauses twice that; each commit that waits for the disk is 0.5 to 2 ms, and each hop by pg-boss 2 ms',
  fanout:
    'one system call per socket and message, as in the limit (half of the time or more), and some 10 ms before the first message is heard: 2 for the change itself, 2 to 3 for reading the request, 4 to 5 for the event to pass through a thousand streams, which go in step',
  memory:
    'at rest: 59 MB of Node’s own file, 61 of live objects (25 of them sources of modules, 15 compiled code), 22 outside the heap; the young generation is bounded to 8 MB, which costs a tenth of the speed',
  fairness:
    'both processors are taken by what of the ten thousand is planned already: with these systems, which take 400 calls a second each, every step of the ten waits a few milliseconds for its turn on the one thread of the service, and each source has half of the slots',
  overload: 'the processors: what is refused costs about a tenth of what is answered',
  faults:
    'calls: a lost answer costs one more call where a system cannot be searched, three where it can (two look-ups by provisioning.md §5), all within the rate of the system',
};
