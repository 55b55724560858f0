import { useParams } from '@tanstack/react-router';
import { PersonDocument, type PersonQuery } from '../../api/generated/graphql.ts';
import { POLL_MS, useData } from '../../api/use-data.ts';
import { useSay } from '../../frame/preferences.tsx';
import { useMay } from '../../frame/viewer.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Go } from '../../parts/go.tsx';
import { Id } from '../../parts/id.tsx';
import { Loaded, NotThere, Page, Section } from '../../parts/page.tsx';
import { State, Word } from '../../parts/state.tsx';
import { When } from '../../parts/when.tsx';
import { systemName, systems } from '../../text/systems.ts';
import { CorrectItem } from '../requests/item-actions.tsx';
import { PersonActions } from './person-actions.tsx';
import { PersonTimeline } from './person-timeline.tsx';
import { SystemAnswer } from './system-answer.tsx';

type Person = NonNullable<PersonQuery['person']>;

/** One person: what accounts there are, why one is missing, and what happened. */
export function View() {
  const { id = '' } = useParams({ strict: false });
  const employeeNumber = decodeURIComponent(id);
  const say = useSay();
  const may = useMay();
  const requests = may('requests:read');
  const query = useData(
    PersonDocument,
    { employeeNumber, requests, operate: may('operate') },
    { pollMs: POLL_MS },
  );
  const person = query.data?.person ?? null;
  return (
    <Page
      title={person === null ? say('人员', 'Person') : `${person.fullName} ${person.employeeNumber}`}
      extra={person && <PersonActions person={person} />}
    >
      {(may('operate') || person !== null) && (
        <div className="grid systems">
          {systems.map((system) => (
            <SystemAnswer
              key={system}
              employeeNumber={employeeNumber}
              system={system}
              accounts={person?.accounts ?? []}
            />
          ))}
        </div>
      )}
      <Loaded query={query}>
        {({ person: found }) =>
          found === null ? <NotThere id={employeeNumber} /> : <Whole person={found} />
        }
      </Loaded>
    </Page>
  );
}

/** A department, and what it is called elsewhere, for those who may see its mapping. */
function Department({
  code,
  mapping,
}: {
  readonly code: string;
  readonly mapping: Person['departments'][number]['mapping'];
}) {
  if (mapping === undefined) return <>{code}</>;
  return (
    <>
      <Go to={`/mappings/departments?search=${encodeURIComponent(code)}`}>{code}</Go>
      {' → '}
      {mapping === null ? (
        <State of="answer" value="BLOCKED" />
      ) : (
        <>
          {mapping.idaasDepartmentCode} <code>{mapping.ou}</code>
        </>
      )}
    </>
  );
}

function Whole({ person }: { readonly person: Person }) {
  const say = useSay();
  return (
    <>
      <Section title={say('基本信息', 'Who this is')}>
        <Facts
          of={[
            [say('工号', 'Number'), <Id key="number" id={person.employeeNumber} />],
            [say('姓名', 'Name'), person.fullName],
            [say('英文名', 'English name'), person.englishName],
            [say('拼音', 'Pinyin'), person.pinyinName],
            [say('登录名', 'Login'), person.username && <Id key="login" id={person.username} />],
            [say('邮箱', 'E-mail'), person.emailAddress && <Id key="mail" id={person.emailAddress} />],
            [say('手机号', 'Phone'), person.phoneNumber],
            [say('人员类型', 'Type'), person.personType],
            [say('人员状态', 'Status'), person.employeeStatus],
            [say('来源', 'Source'), <Word key="source" of="source" value={person.source} />],
            [say('入职日期', 'Hired'), person.hireDate],
            [say('离职日期', 'Leaves'), person.disableDate],
            [say('更新时间', 'Updated'), <When key="updated" at={person.updatedAt} />],
          ]}
        />
        <ul className="plain spaced">
          {person.departments.map(({ departmentCode, country, partnerCompany, mapping }) => (
            <li key={departmentCode}>
              {say('部门', 'Department')} <Department code={departmentCode} mapping={mapping} />{' '}
              {partnerCompany} {country}
            </li>
          ))}
        </ul>
      </Section>
      <div className="grid">
        <Section title={say('经过', 'What happened')}>
          <PersonTimeline employeeNumber={person.employeeNumber} />
        </Section>
        <div className="stack">
          {person.requestItems && <Requests items={person.requestItems.nodes} />}
          {person.tasks && <Tasks tasks={person.tasks.nodes} />}
        </div>
      </div>
    </>
  );
}

function Requests({ items }: { readonly items: NonNullable<Person['requestItems']>['nodes'] }) {
  const say = useSay();
  return (
    <Section title={say('请求', 'Requests')}>
      <ul className="tree">
        {items.map((item) => (
          <li key={item.id}>
            <div className="row">
              <Go to={`/requests/${item.request.requestId}`}>{item.request.businessKey}</Go>
              <State of="item" value={item.status} />
              <When at={item.request.createdAt} />
              {item.status !== 'COMPLETED' && <CorrectItem requestId={item.request.requestId} item={item} />}
            </div>
            {item.explanation && <div className="explain">{item.explanation}</div>}
          </li>
        ))}
        {items.length === 0 && <li className="quiet">{say('没有请求', 'None')}</li>}
      </ul>
    </Section>
  );
}

function Tasks({ tasks }: { readonly tasks: NonNullable<Person['tasks']>['nodes'] }) {
  const say = useSay();
  return (
    <Section title={say('任务', 'Tasks')}>
      <ul className="tree">
        {tasks.map((task) => (
          <li key={task.id} className="row">
            <Id id={task.taskId} to={`/tasks/${encodeURIComponent(task.taskId)}`} /> {systemName(task.system)}{' '}
            <State of="task" value={task.status} />
          </li>
        ))}
        {tasks.length === 0 && <li className="quiet">{say('没有任务', 'None')}</li>}
      </ul>
    </Section>
  );
}
