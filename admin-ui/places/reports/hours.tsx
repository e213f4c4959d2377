import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { HeatTable } from '../../charts/heat-table.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { tagOf } from '../../words/words.js';
import { REPORTS } from './words.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = Array.from({ length: 7 }, (_, weekday) => weekday);

interface Hour {
  weekday: number;
  hour: number;
  orders: number;
}

/** The hour of the week with the most orders; null = there are none. */
const busiestOf = (hours: readonly Hour[]): Hour | null =>
  hours.reduce<Hour | null>((most, one) => (most === null || one.orders > most.orders ? one : most), null);

/** Orders by weekday and hour of the shop's clock: when double points would meet people. */
export function Hours() {
  const t = useWords(REPORTS);
  const format = useFormat();
  const api = useApi();
  const query = useQuery({
    queryKey: ['activity', '1'],
    queryFn: () => answered(api.GET('/api/v1/reports/activity', { params: { query: { months: 1 } } })),
  });
  // 5 January 1970 was a Monday
  const dayName = (weekday: number) =>
    new Intl.DateTimeFormat(tagOf(format.language), { weekday: 'long', timeZone: 'UTC' }).format(
      new Date((4 + weekday) * 86_400_000),
    );
  return (
    <Asked query={query} rows={8}>
      {({ hours, hoursBefore }) => {
        const busiest = busiestOf(hours);
        const was = busiestOf(hoursBefore);
        const all = (of: typeof hours) => format.number(of.reduce((sum, { orders }) => sum + orders, 0));
        if (!busiest)
          return (
            <Card>
              <Empty title={t('none')}>{t('noneMore')}</Empty>
            </Card>
          );
        const at = (weekday: number, hour: number) =>
          hours.find((one) => one.weekday === weekday && one.hour === hour)?.orders ?? 0;
        return (
          <Card>
            <ChartFrame
              headline={t('hoursTitle', { day: dayName(busiest.weekday), hour: `${busiest.hour}:00` })}
              subtitle={t('hoursSubtitle')}
              file="hours"
              table={{
                head: [t('hour'), ...WEEKDAYS.map(dayName)],
                rows: HOURS.map((hour) => [`${hour}:00`, ...WEEKDAYS.map((day) => format.number(at(day, hour)))]),
              }}
            >
              <HeatTable
                label={t('hoursSubtitle')}
                columns={HOURS.map(String)}
                rows={WEEKDAYS.map((day) => ({
                  name: dayName(day),
                  cells: HOURS.map((hour) => {
                    const orders = at(day, hour);
                    return orders === 0 ? null : { share: orders / busiest.orders, text: format.number(orders) };
                  }),
                }))}
              />
            </ChartFrame>
            <p>
              {was
                ? t('hoursBefore', {
                    day: dayName(was.weekday),
                    hour: `${was.hour}:00`,
                    now: all(hours),
                    before: all(hoursBefore),
                  })
                : t('noBefore')}
            </p>
          </Card>
        );
      }}
    </Asked>
  );
}
