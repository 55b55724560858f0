import type { CalendarBench } from '../../calendar/bench.ts';

export const sweptStages = ['FULL', 'INCREMENTAL', 'RESTORE', 'DELETION'] as const;
export type SweptStage = (typeof sweptStages)[number];

type Roles = Readonly<Record<string, string>>;
/** What WPS must hold of a term after a stage: by course, members and where its lessons are. */
type Expected = Readonly<Record<string, { readonly members: Roles; readonly rooms: readonly string[] }>>;

const atFirst: Expected = {
  A: {
    members: { t1: 'owner', s1: 'reader', s2: 'reader', s3: 'reader' },
    rooms: ['第一教学楼1223/1223', '第一教学楼1223/1223'],
  },
  B: { members: { t2: 'owner', t1: 'writer', s1: 'reader' }, rooms: ['第一教学楼1223'] },
};
/** A is called A2 and lost a day and a student, a room changed; B changed its teacher and has a day more; C is new. */
const changed: Expected = {
  A2: {
    members: { t1: 'owner', s1: 'reader', s2: 'reader', s4: 'reader' },
    rooms: ['第一教学楼1223/1301'],
  },
  B: {
    members: { t1: 'owner', t2: 'writer', s1: 'reader' },
    rooms: ['第一教学楼1223', '第一教学楼1223'],
  },
  C: { members: { t3: 'owner', s1: 'reader' }, rooms: ['第一教学楼1223'] },
};
const expectedAfter: Readonly<Record<SweptStage, Expected>> = {
  FULL: atFirst,
  INCREMENTAL: changed,
  RESTORE: changed,
  DELETION: {},
};

/** A school whose every term is the same small timetable and goes through the same changes. */
export class SweptSchool {
  readonly #calendars: CalendarBench;
  #terms = 0;

  constructor(calendars: CalendarBench) {
    this.#calendars = calendars;
  }

  async newTerm(): Promise<string> {
    const calendars = this.#calendars;
    this.#terms += 1;
    const term = `${2000 + this.#terms}-${2001 + this.#terms}-1`;
    const more = { xnxq: term };
    const course = (name: string) => ({ ...more, kcmc: titleOf(term, name) });
    for (const day of ['2025-03-04', '2025-03-11'])
      for (const period of [3, 4])
        await calendars.lesson(`${term}A`, day, period, { ...course('A'), ghs: 't1' });
    await calendars.lesson(`${term}B`, '2025-03-05', 5, { ...course('B'), ghs: 't2', sfdk: '1' });
    await calendars.teach(`${term}A`, 't1', more);
    for (const teacher of ['t1', 't2']) await calendars.teach(`${term}B`, teacher, more);
    for (const student of ['s1', 's2', 's3']) await calendars.enrol(`${term}A`, student, more);
    await calendars.enrol(`${term}B`, 's1', more);
    return term;
  }

  /** Brings about what a stage is to find. */
  async prepare(term: string, stage: SweptStage): Promise<void> {
    if (stage === 'INCREMENTAL') await this.#change(term);
    if (stage === 'RESTORE') await this.#loseByHand(term, 's1');
  }

  /** Starts the run of a stage; answers with its id. */
  async begin(term: string, stage: SweptStage): Promise<string> {
    const { ask } = this.#calendars;
    const begun = (name: string, input: object) =>
      ask(
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
          run { runId } userErrors { message } } }`,
        { input: { term, ...input } },
      ).then((data) => data[name]);
    const { run, userErrors } = await {
      FULL: () => begun('startCalendarSync', { kind: 'FULL' }),
      INCREMENTAL: () => begun('startCalendarSync', { kind: 'INCREMENTAL' }),
      RESTORE: () => begun('restoreCalendarUser', { userNo: 's1' }),
      DELETION: () => begun('deleteTermCalendars', { mode: 'RUN' }),
    }[stage]();
    if (run === null) throw new Error(JSON.stringify(userErrors));
    return run.runId;
  }

  /** Where WPS differs from exactly one calendar per offering, one event per block, one permission per person. */
  violations(term: string, stage: SweptStage): string[] {
    const expected = Object.entries(expectedAfter[stage]).map(([name, { members, rooms }]) => ({
      title: titleOf(term, name),
      members: Object.entries(members)
        .map(([user, role]) => `${user} ${role}`)
        .toSorted(),
      rooms: [...rooms].toSorted(),
      doubles: 0,
    }));
    const found = this.#calendars.control
      .calendars()
      .filter(({ summary }) => summary.startsWith(term))
      .map(({ summary, members, events }) => {
        const fields = events.map((event) => JSON.parse(JSON.stringify(event.fields)));
        const markers = new Set(fields.map(({ description }) => /编号：(\w+)/.exec(description)?.[1]));
        return {
          title: summary,
          members: members.map(({ user, role }) => `${user} ${role}`).toSorted(),
          rooms: fields.map(({ locations }) => String(locations?.[0]?.name)).toSorted(),
          doubles: events.length - markers.size,
        };
      })
      .toSorted((a, b) => (a.title < b.title ? -1 : 1));
    const [wanted, there] = [JSON.stringify(expected), JSON.stringify(found)];
    return wanted === there ? [] : [`after ${stage} of ${term} WPS has ${there}, not ${wanted}`];
  }

  async #change(term: string): Promise<void> {
    const calendars = this.#calendars;
    const { school } = calendars;
    const [a, b, c] = ['A', 'B', 'C'].map((name) => `${term}${name}`);
    const more = { xnxq: term };
    await school.query('update u_jw_kcb_cur set kcmc = $2 where kkh = $1', [a, titleOf(term, 'A2')]);
    await school.query("update u_jw_kcb_cur set zt = 'delete' where kkh = $1 and rq like '2025/03/11%'", [a]);
    await school.query(
      "update u_jw_kcb_cur set room = '1301', zt = 'update' where kkh = $1 and jc = 4 and rq like '2025/03/04%'",
      [a],
    );
    await school.query("update out_jw_kcb_xs set zt = 'delete' where kkh = $1 and xh = 's3'", [a]);
    await calendars.enrol(`${a}`, 's4', more);
    await school.query("update u_jw_kcb_cur set ghs = 't1' where kkh = $1", [b]);
    await calendars.lesson(`${b}`, '2025-03-12', 5, { ...more, kcmc: titleOf(term, 'B'), ghs: 't1' });
    await calendars.lesson(`${c}`, '2025-03-06', 1, { ...more, kcmc: titleOf(term, 'C'), ghs: 't3' });
    await calendars.teach(`${c}`, 't3', more);
    await calendars.enrol(`${c}`, 's1', more);
  }

  /** Somebody takes a person out of every calendar, at WPS. */
  async #loseByHand(term: string, user: string): Promise<void> {
    const { system, call } = this.#calendars.byHand();
    for (const { id, summary } of this.#calendars.control.calendars()) {
      if (!summary.startsWith(term)) continue;
      const { items } = await system.listMembers(id, null, call);
      const found = items.find(({ userNo }) => userNo === user);
      if (found !== undefined) await system.deleteMember(id, found.permissionId, call);
    }
    await system.close();
  }
}

function titleOf(term: string, name: string): string {
  return `${term} ${name}`;
}
