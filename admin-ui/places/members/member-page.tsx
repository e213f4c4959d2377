import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Menu } from '../../kit/menu.js';
import { Card, Note, Page } from '../../kit/page.js';
import { useApi, useDesk, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { Account } from './account.js';
import { Adjust } from './adjust.js';
import { dayOf, daysBetween, endOfDay, plusDays } from './days-of.js';
import { Block, Erase } from './end-or-hold.js';
import { useExporting } from './export.js';
import { Lots } from './lots.js';
import { nameOf, StatusBadge } from './member-list.js';
import { Merge } from './merge.js';
import { MERGE } from './merge-words.js';
import { PERSON } from './person-words.js';
import { Timeline } from './timeline.js';
import { Why } from './why.js';
import { MEMBERS } from './words.js';

export type Person = operations['person']['responses'][200]['content']['application/json'];

/** One member: what they have, of what it is made, and why; now or as of an instant. */
export function MemberPage() {
  const api = useApi();
  const locale = useLanguage();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const at = search.get('at');
  const query = useQuery({
    queryKey: ['member', id, at, locale],
    queryFn: () =>
      answered(
        api.GET('/api/v1/members/{id}', {
          params: { path: { id }, query: { locale, ...(at === null ? {} : { at }) } },
        }),
      ),
  });
  return <Asked query={query}>{(person) => <Loaded person={person} />}</Asked>;
}

function Loaded({ person }: { person: Person }) {
  const t = useWords(MEMBERS);
  const level = person.ladder?.levels.find(({ id }) => id === person.tier)?.name;
  const lead = [level, person.name === null ? null : person.email, person.code].filter(Boolean).join(' · ');
  return (
    <Page
      title={nameOf(person, t('erased'))}
      lead={
        <>
          <Link to="/members">{t('title')}</Link> · {lead} <StatusBadge of={person} />
        </>
      }
      actions={person.at === null && person.status !== 'erased' && <Actions person={person} />}
    >
      <Then person={person} />
      <Account person={person} />
      <Why id={person.id} />
      <Card title={t('history')}>
        <Timeline id={person.id} until={person.at} />
      </Card>
      <Lots lots={person.lots} past={person.at !== null} />
    </Page>
  );
}

/** Which instant is looked at, and the way to another. */
function Then({ person: { at, joined } }: { person: Person }) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  const [, setSearch] = useSearchParams();
  const { me } = useDesk();
  const { zone } = me.program;
  const [first, today] = [dayOf(joined, zone), dayOf(format.now(), zone)];
  const day = at === null ? '' : dayOf(at, zone);
  const look = (chosen: string) =>
    setSearch(chosen === '' || chosen >= today ? {} : { at: endOfDay(chosen, zone).toISOString() }, { replace: true });
  const [slid, setSlid] = useState<number | null>(null);
  const last = daysBetween(first, today);
  const place = slid ?? (day === '' ? last : daysBetween(first, day));
  const letGo = () => {
    if (slid !== null) look(plusDays(first, slid));
    setSlid(null);
  };
  return (
    <>
      {at !== null && (
        <Note tone="accent">
          <p>{t('then', { at: format.moment(at) })}</p>
          <Button onPress={() => look('')}>{t('backToNow')}</Button>
        </Note>
      )}
      <div className="member-then">
        <label className="field">
          <span className="label">{t('asOf', { zone })}</span>
          <span className="field-line">
            <input
              type="date"
              value={slid === null ? day : plusDays(first, slid)}
              min={first}
              max={today}
              onChange={(event) => look(event.target.value)}
            />
          </span>
        </label>
        {last > 0 && (
          <input
            type="range"
            aria-label={t('asOf', { zone })}
            aria-valuetext={format.date(plusDays(first, place))}
            min={0}
            max={last}
            value={place}
            onChange={(event) => setSlid(Number(event.target.value))}
            onPointerUp={letGo}
            onKeyUp={letGo}
            onBlur={letGo}
          />
        )}
      </div>
    </>
  );
}

function Actions({ person }: { person: Person }) {
  const t = useWords(MEMBERS);
  const g = useWords(MERGE);
  const p = useWords(PERSON);
  const exporting = useExporting(person);
  const may = useMay();
  const [doing, setDoing] = useState<'adjust' | 'merge' | 'block' | 'erase' | null>(null);
  const close = () => setDoing(null);
  const more = [
    ...(may('export-data') ? [{ id: 'export', text: p('export'), act: () => exporting.mutate() }] : []),
    ...(may('merge-members') ? [{ id: 'merge', text: g('merge'), act: () => setDoing('merge') }] : []),
    ...(may('block-members')
      ? [
          {
            id: 'block',
            text: t(person.status === 'blocked' ? 'release' : 'hold'),
            act: () => setDoing('block'),
          },
        ]
      : []),
    ...(may('erase-members') ? [{ id: 'erase', text: t('erase'), act: () => setDoing('erase'), danger: true }] : []),
  ];
  return (
    <>
      {more.length > 0 && <Menu label={t('more')} entries={more} />}
      {may('adjust-points') && (
        <Button look="primary" onPress={() => setDoing('adjust')}>
          {t('adjust')}
        </Button>
      )}
      {doing === 'adjust' && <Adjust person={person} onClose={close} />}
      {doing === 'merge' && <Merge person={person} onClose={close} />}
      {doing === 'block' && <Block person={person} onClose={close} />}
      {doing === 'erase' && <Erase person={person} onClose={close} />}
    </>
  );
}
