import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import type { BlocksProps } from './block.js';
import { type Cost, valueOf } from './figures.js';
import { changedPromotions, type Promotion, promotionName, unitOf } from './program-file.js';
import { REPORT } from './report-words.js';

const DAYS = 92;
/** Of what the shop sold: above this somebody should have another look. */
const MUCH = 0.1;

type Asking = Pick<BlocksProps, 'report' | 'programs' | 'draft'> & { cost: Cost };

/** What only the service knows: what was given already, when the clock is changed, what the shop sells. */
export function useMoreWarnings({ programs, draft, cost }: Asking): { blocking: string[]; warnings: string[] } {
  const t = useWords(REPORT);
  const format = useFormat();
  const language = useLanguage();
  const changed = changedPromotions(programs.live.file, draft.file);
  const [states, days, sales] = useFacts(draft.hash);
  const name = ({ id }: Promotion) => promotionName(draft.file, id, language);
  const below = changed.flatMap((promotion) => {
    const given = states.find(({ id }) => id === promotion.id)?.ceiling?.granted;
    const value = valueOf(draft.file.rules.units[unitOf(promotion)]?.value);
    const { ceiling } = promotion;
    const points = ceiling === undefined ? null : 'points' in ceiling ? ceiling.points : ceiling.money / value;
    if (given === undefined || points === null || points >= Number(given)) return [];
    const shown = (n: number) => format.points(Math.round(n), unitOf(promotion));
    return [t('ceilingBelow', { name: name(promotion), given: shown(Number(given)), ceiling: shown(points) })];
  });
  const clock = changed.flatMap((promotion) => {
    const open = days?.promotions.find(({ id }) => id === promotion.id)?.days ?? [];
    const on = promotion.when?.hours && days?.clockChanges.find(({ date }) => open.includes(date));
    return on ? [t('clockChange', { name: name(promotion), date: format.date(on.date) })] : [];
  });
  const share = sales > 0 ? cost.face / sales : 0;
  const much = share > MUCH ? [t('overTenth', { share: format.percent(share) })] : [];
  return { blocking: below, warnings: [...clock, ...much] };
}

function useFacts(hash: string) {
  const api = useApi();
  const { today: day } = useFormat();
  const states = useQuery({
    queryKey: ['promotions', 'states', hash],
    queryFn: () => answered(api.GET('/api/v1/promotions')),
  });
  const days = useQuery({
    queryKey: ['promotions', 'days', hash, day()],
    queryFn: () =>
      answered(api.GET('/api/v1/promotion-days', { params: { query: { from: day(), to: day(DAYS), of: 'draft' } } })),
  });
  const orders = useQuery({
    queryKey: ['order-value', 3],
    queryFn: () => answered(api.GET('/api/v1/reports/order-value', { params: { query: { months: 3 } } })),
  });
  const { members, others } = orders.data?.now ?? {};
  const sold = [members, others].reduce((sum, side) => sum + (side?.mean ?? 0) * (side?.orders ?? 0), 0);
  return [states.data?.promotions ?? [], days.data, sold] as const;
}
