import { useMemo } from 'react';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Card, Note } from '../../kit/page.js';
import { useDesk, useFormat as useFigures, useWords } from '../../shell/desk-context.js';
import { inFront } from '../../words/words.js';
import { ExampleOrder } from './example-order.js';
import { FormContext, type FormFacts } from './form/form-context.js';
import { isThing, type Schema, type Thing } from './form/form-model.js';
import { type PartName, PARTS, TOLD_IN } from './form/parts.js';
import { SchemaField } from './form/schema-field.js';
import { SchemaObject } from './form/schema-object.js';
import { Sentences } from './live-program.js';
import { type Fault, ProblemList } from './problem-list.js';
import { idsOf, type Preview, problemsOf, useFormat, usePreview, useRested } from './use-program.js';
import { PROGRAM } from './words.js';

interface PartFormProps {
  part: PartName;
  /** The whole program, of which the part is changed. */
  file: Thing;
  onChange(file: Thing): void;
}

/** One part of the draft as a form; beside it what shoppers would read of it, and an order by it. */
export function PartForm({ part, file, onChange }: PartFormProps) {
  const t = useWords(PROGRAM);
  const format = useFormat();
  const rested = useRested(file);
  const preview = usePreview({ of: { kind: 'file', file: rested } });
  const problems = problemsOf(preview.error);
  const facts = useFacts(file, preview.data, problems, format.data?.words ?? {});
  return (
    <div className="columns program-editor">
      <section className="card draft" aria-label={t('draft')}>
        <Asked query={format} rows={8}>
          {({ schema }) => (
            <FormContext value={facts}>
              <SchemaObject
                schema={schema.properties?.['rules'] as Schema}
                path="rules"
                value={isThing(file['rules']) ? file['rules'] : {}}
                onChange={(rules) => onChange({ ...file, rules })}
                only={PARTS[part]}
              />
            </FormContext>
          )}
        </Asked>
        {part === 'together' && (
          <p>
            {t('promotions')}{' '}
            <LinkButton look="quiet" to="/promotions">
              {t('toPromotions')}
            </LinkButton>
          </p>
        )}
      </section>
      <aside className="program-beside">
        {problems.length > 0 && <Problems problems={problems} />}
        <ExampleOrder file={rested} draft={preview.data} />
        <Card title={t('inWords')}>
          {preview.data?.sections
            .filter(({ id }) => TOLD_IN[part].includes(id))
            .map(({ id, sentences }) => (
              <Sentences key={id} sentences={sentences} />
            ))}
        </Card>
      </aside>
    </div>
  );
}

/** What is wrong, where, and what would be right. */
export function Problems({ problems }: { problems: readonly Fault[] }) {
  const t = useWords(PROGRAM);
  return (
    <Note tone="bad">
      <strong>{t('problems', { n: problems.length })}</strong>
      <ProblemList problems={problems} />
    </Note>
  );
}

/** What one limit may cover: earning rules, deeds, and what gives beside them. */
const limitedRules = (rules: Thing): string[] => [
  ...[rules['earning'], rules['deeds']].flatMap((list) =>
    Array.isArray(list)
      ? list.flatMap((one) => (isThing(one) && typeof one['id'] === 'string' ? [one['id']] : []))
      : [],
  ),
  ...['joining', 'birthday', 'reviews', 'referral'].filter((word) => rules[word] !== undefined),
];

/** What a rule is called in the program's own names. */
function nameIn({ names }: Thing, id: string, language: string): string | null {
  const of = isThing(names) && isThing(names['rules']) ? names['rules'][id] : null;
  const said = isThing(of) ? (of[language] ?? of['en']) : null;
  return typeof said === 'string' ? said : null;
}

function useFacts(
  file: Thing,
  shown: Preview | undefined,
  problems: readonly { path: string; problem: string }[],
  words: Readonly<Record<string, string>>,
): FormFacts {
  const { today: dayOfShop, unitName, language } = useFigures();
  const { me } = useDesk();
  return useMemo(() => {
    const rules = isThing(file['rules']) ? file['rules'] : {};
    const units = isThing(rules['units']) ? Object.keys(rules['units']) : [];
    const live = me.program.units.map(({ unit }) => unit);
    const money = isThing(rules['money']) ? rules['money'] : {};
    const today = dayOfShop();
    return {
      ...{ words, rules, Field: SchemaField },
      named: {
        unit: units.map((id) => ({ id, name: live.includes(id) ? unitName(id) : id })),
        tier: shown?.tiers ?? [],
        rule: limitedRules(rules).map((id) => ({
          id,
          name: inFront(nameIn(file, id, language) ?? words[`label.${id}`] ?? id, language),
        })),
      },
      currency: String(money['code'] ?? me.program.currency),
      exponent: Number(money['exponent'] ?? me.program.exponent),
      beginning: { today, unit: units[0] ?? 'points', taken: idsOf(rules) },
      problems: new Map(problems.map(({ path, problem }) => [path, problem])),
      sentences: new Map((shown?.sections ?? []).flatMap(({ sentences }) => sentences.map((s) => [s.id, s.sentence]))),
    };
  }, [file, shown, words, problems.length]);
}
