import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Badge, Card, Empty, type Tone } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import type { operations } from '../../api/schema.js';
import { valueOf } from './figures.js';
import { Acts } from './promotion-acts.js';
import { type Promotion, promotionName, promotionsOf } from './program-file.js';
import type { Programs } from './use-programs.js';
import { PROMOTIONS } from './words.js';

type State = operations['promotions']['responses'][200]['content']['application/json']['promotions'][number];
const TONES: Record<State['state'], Tone> = { open: 'good', waiting: 'accent', paused: 'warning', over: 'neutral' };
const ORDER = ['open', 'paused', 'waiting', 'over'] as const;

/** Every promotion in force: what it does, how it stands, what is left of its ceiling, and what can be done. */
export function PromotionList({ programs }: { programs: Programs }) {
  const t = useWords(PROMOTIONS);
  const api = useApi();
  const locale = useLanguage();
  const edits = useMay()('edit-drafts');
  const query = useQuery({
    queryKey: ['promotions', 'states', locale, programs.live.version],
    queryFn: () => answered(api.GET('/api/v1/promotions', { params: { query: { locale } } })),
    refetchInterval: 30_000,
    // a pause is a new version: what was pressed stays under the finger
    placeholderData: keepPreviousData,
  });
  return (
    <Asked query={query} rows={4}>
      {({ promotions }) =>
        promotions.length === 0 ? (
          <Card>
            <Empty title={t('none')} action={edits && <LinkButton to="/promotions/new">{t('new')}</LinkButton>}>
              {t('noneMore')}
            </Empty>
          </Card>
        ) : (
          <ul className="promotion-list">
            {[...promotions]
              .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
              .map((state) => (
                <One key={state.id} state={state} programs={programs} />
              ))}
          </ul>
        )
      }
    </Asked>
  );
}

function One({ state: one, programs }: { state: State; programs: Programs }) {
  const t = useWords(PROMOTIONS);
  const language = useLanguage();
  const { file } = programs.live;
  const name = promotionName(file, one.id, language);
  const promotion = promotionsOf(file).find(({ id }) => id === one.id);
  return (
    <li className="card promotion" id={`promotion-${one.id}`}>
      <div className="spread">
        <h2>
          {name}{' '}
          {one.state === 'open' && one.ceiling?.left === '0' ? (
            <Badge tone="warning">{t('full')}</Badge>
          ) : (
            <Badge tone={TONES[one.state]}>{t(one.state)}</Badge>
          )}
        </h2>
        <div className="actions">
          {promotion && <Acts promotion={promotion} name={name} state={one.state} programs={programs} />}
        </div>
      </div>
      <p>{one.sentence}</p>
      {promotion && <Window promotion={promotion} />}
      <Ceiling of={one} programs={programs} />
      {one.state !== 'waiting' && <Foretold of={one} programs={programs} />}
    </li>
  );
}

function Window({ promotion: { when } }: { promotion: Promotion }) {
  const t = useWords(PROMOTIONS);
  const format = useFormat();
  const local = (text: string) => `${format.date(text.slice(0, 10))}, ${text.slice(11, 16)}`;
  if (when?.from === undefined && when?.to === undefined) return null;
  const { from, to } = when;
  return (
    <p className="quiet-text">
      {from !== undefined && to !== undefined
        ? t('window', { from: local(from), to: local(to) })
        : from !== undefined
          ? t('since', { from: local(from) })
          : t('until', { to: local(to ?? '') })}
    </p>
  );
}

/** What the simulation said beside what happened. */
function Foretold({ of: { forecast, ceiling, unit }, programs }: { of: State; programs: Programs }) {
  const t = useWords(PROMOTIONS);
  const format = useFormat();
  if (!forecast) return <p className="quiet-text">{t('notForetold')}</p>;
  if (forecast.expected === null || Number(forecast.expected) <= 0) return null;
  const value = valueOf(programs.live.file.rules.units[unit]?.value);
  const shown = (points: string) =>
    value > 0
      ? `${format.money(Math.round(Number(points) * value))} (${format.points(points, unit)})`
      : format.points(points, unit);
  const expected = shown(forecast.expected);
  return (
    <p>
      {ceiling ? t('foretold', { expected, given: shown(ceiling.granted) }) : t('foretoldOnly', { expected })}{' '}
      {ceiling && t('foretoldMore', { share: format.percent(Number(ceiling.granted) / Number(forecast.expected)) })}{' '}
      {forecast.together > 1 && <small>{t('foretoldTogether', { n: forecast.together })}</small>}
    </p>
  );
}

function Ceiling({ of: { ceiling, unit, state }, programs }: { of: State; programs: Programs }) {
  const t = useWords(PROMOTIONS);
  const format = useFormat();
  if (!ceiling) return <p className="quiet-text">{t('noCeiling')}</p>;
  const value = valueOf(programs.live.file.rules.units[unit]?.value);
  const shown = (points: string | number) =>
    value > 0
      ? `${format.money(Math.round(Number(points) * value))} (${format.points(Math.round(Number(points)), unit)})`
      : format.points(Math.round(Number(points)), unit);
  const share = Number(ceiling.points) > 0 ? Number(ceiling.granted) / Number(ceiling.points) : 1;
  const rate = () => {
    if (ceiling.left === '0') return t('usedUp');
    // what stands still runs out at no hour
    if (state === 'over') return null;
    if (state === 'paused') return t('noRatePaused');
    if (ceiling.perHour === null) return t('noRate');
    const an = { rate: shown(ceiling.perHour) };
    return ceiling.runsOut === null ? t('rateOnly', an) : t('rate', { ...an, at: format.moment(ceiling.runsOut) });
  };
  return (
    <div className="ceiling">
      <meter min={0} max={1} value={Math.min(1, share)} high={0.8} aria-label={t('ceiling')} />
      <p>
        {t('used', { used: shown(ceiling.granted), of: shown(ceiling.points), share: format.percent(share) })}{' '}
        <small>{rate()}</small>
      </p>
    </div>
  );
}
