import { Field, Select } from '../../kit/fields.js';
import { useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { MEMBERS } from './words.js';

export interface PointsWish {
  unit: string;
  points: string;
  reason: string;
}

interface Props {
  wish: PointsWish;
  onChange(wish: PointsWish): void;
  label: string;
  help: string;
  error: string | null;
}

export const useNoPoints = (): PointsWish => {
  const { me } = useDesk();
  return { unit: me.program.units[0]?.unit ?? 'points', points: '', reason: '' };
};

/** How many points of what, and why: for one member or for many. */
export function PointsFields({ wish, onChange, label, help, error }: Props) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  const { me } = useDesk();
  return (
    <>
      {me.program.units.length > 1 && (
        <Select
          label={t('unit')}
          value={wish.unit}
          onChange={(unit) => onChange({ ...wish, unit })}
          options={me.program.units.map(({ unit }) => ({ value: unit, text: format.unitName(unit) }))}
        />
      )}
      <Field
        label={label}
        help={help}
        autoFocus
        inputMode="text"
        value={wish.points}
        onChange={(points) => onChange({ ...wish, points })}
        error={error}
      />
      <Field
        label={t('reason')}
        help={t('reasonHelp')}
        lines={2}
        value={wish.reason}
        onChange={(reason) => onChange({ ...wish, reason })}
      />
    </>
  );
}
