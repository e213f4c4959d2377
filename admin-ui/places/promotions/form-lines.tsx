import { useDesk, useLanguage, useWords } from '../../shell/desk-context.js';
import { FORM } from './form-words.js';
import { nameIn } from './program-file.js';
import { type LinesProps, WhenLines } from './form-when.js';
import { Chips, Pick, Sentence, Slot } from './sentence.js';

/** The promotion as sentences: what, when, who, on what, beside which others, up to how much. */
export function FormLines(props: LinesProps) {
  const t = useWords(FORM);
  const { form, change, errors } = props;
  return (
    <>
      <Sentence
        text={t('nameLine')}
        slots={{
          name: (
            <Slot
              label={t('name')}
              width={28}
              value={form.name}
              autoFocus
              onChange={(name) => change({ name })}
              error={errors.name && t('error_name')}
            />
          ),
        }}
      />
      <What {...props} />
      <WhenLines {...props} />
      <Who {...props} />
      <OnWhat {...props} />
      <UpTo {...props} />
    </>
  );
}

function What({ form, change, file, errors }: LinesProps) {
  const t = useWords(FORM);
  const { me } = useDesk();
  const units = Object.keys(file.rules.units);
  const unitName = (unit: string) => me.program.units.find((one) => one.unit === unit)?.symbol ?? unit;
  return (
    <Sentence
      text={t(units.length > 1 ? 'whatLineUnit' : 'whatLine')}
      slots={{
        size: (
          <Slot
            label={t('size')}
            width={6}
            numeric
            value={form.size}
            onChange={(size) => change({ size })}
            error={errors.size && t('error_size')}
          />
        ),
        how: (
          <Pick
            label={t('how')}
            value={form.how}
            onChange={(how) => change({ how, size: how === 'times' ? '2' : '50' })}
            options={[
              ['times', t('times')],
              ['order', t('perOrder')],
              ['piece', t('perPiece')],
            ]}
          />
        ),
        unit: (
          <Pick
            label={t('unit')}
            value={form.unit}
            onChange={(unit) => change({ unit })}
            options={units.map((unit) => [unit, unitName(unit) === unit ? unit : `${unitName(unit)} ${unit}`])}
          />
        ),
      }}
    />
  );
}

function Who({ form, change, file, errors }: LinesProps) {
  const t = useWords(FORM);
  const language = useLanguage();
  const levels = file.rules.tiers?.levels ?? [];
  const withValue = form.segment === 'new' || form.segment === 'away' || form.segment === 'tag';
  return (
    <>
      <Sentence
        text={t(withValue ? (form.segment === 'tag' ? 'whoLineTag' : 'whoLineDays') : 'whoLine')}
        slots={{
          segment: (
            <Pick
              label={t('segment')}
              value={form.segment}
              onChange={(segment) =>
                change({ segment, segmentValue: segment === 'new' ? '30' : segment === 'away' ? '90' : '' })
              }
              options={(['everyone', 'first', 'new', 'away', 'birthday', 'tag'] as const).map((one) => [one, t(one)])}
            />
          ),
          value: (
            <Slot
              label={t('segmentValue')}
              width={form.segment === 'tag' ? 16 : 5}
              value={form.segmentValue}
              onChange={(segmentValue) => change({ segmentValue })}
              error={errors.segment && t('error_segment')}
            />
          ),
        }}
      />
      {levels.length > 0 && (
        <Sentence
          text={t('tierLine')}
          slots={{
            tiers: (
              <Chips
                label={t('tiers')}
                chosen={form.tiers}
                onChange={(tiers) => change({ tiers })}
                options={levels.map(({ id }) => [id, nameIn(file.names?.tiers, id, language)])}
              />
            ),
          }}
        />
      )}
    </>
  );
}

function OnWhat({ form, change, errors }: LinesProps) {
  const t = useWords(FORM);
  const { me } = useDesk();
  return (
    <>
      <Sentence
        text={t(form.scope === 'all' ? 'scopeLine' : 'scopeLineOf')}
        slots={{
          scope: (
            <Pick
              label={t('scope')}
              value={form.scope}
              onChange={(scope) => change({ scope })}
              options={(['all', 'categories', 'products', 'tags', 'skus'] as const).map((one) => [
                one,
                t(`scope_${one}`),
              ])}
            />
          ),
          values: (
            <Slot
              label={t('scopeValues')}
              width={26}
              value={form.scopeValues}
              onChange={(scopeValues) => change({ scopeValues })}
              error={errors.scope && t('error_scope')}
            />
          ),
        }}
      />
      <Sentence
        text={t('minLine', { currency: me.program.currency })}
        slots={{
          money: (
            <Slot
              label={t('minOrder')}
              width={7}
              numeric
              value={form.minOrder}
              onChange={(minOrder) => change({ minOrder })}
            />
          ),
        }}
      />
    </>
  );
}

function UpTo({ form, change, file, errors }: LinesProps) {
  const t = useWords(FORM);
  const { me } = useDesk();
  const how = file.rules.stacking?.promotions ?? 'best';
  return (
    <>
      <Sentence
        text={t('stackLine')}
        slots={{
          stack: (
            <Pick
              label={t('stack')}
              value={form.alone ? 'alone' : 'beside'}
              onChange={(stack) => change({ alone: stack === 'alone' })}
              options={[
                ['beside', t(`stack_${how}`)],
                ['alone', t('stack_alone')],
              ]}
            />
          ),
        }}
      />
      <Sentence
        text={t('ceilingLine', { currency: me.program.currency })}
        slots={{
          money: (
            <Slot
              label={t('ceiling')}
              width={8}
              numeric
              value={form.ceiling}
              onChange={(ceiling) => change({ ceiling })}
              error={errors.money && t('error_money')}
            />
          ),
        }}
      />
    </>
  );
}
