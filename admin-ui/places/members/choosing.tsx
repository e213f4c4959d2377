import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { Button, LinkButton } from '../../kit/button.js';
import { Checkbox } from '../../kit/fields.js';
import { Menu } from '../../kit/menu.js';
import { useMay, useWords } from '../../shell/desk-context.js';
import { BulkAsk, BulkHoldAsk } from './bulk-ask.js';
import { BULK } from './bulk-words.js';
import type { Whom } from './use-bulk.js';
import { MEMBERS } from './words.js';

interface Choosing {
  chosen: ReadonlySet<string>;
  all: boolean;
  toggle(id: string): void;
  setAll(all: boolean): void;
}

/** Whom somebody chooses in the list; null = nobody is choosing. */
const Context = createContext<Choosing | null>(null);
export const ChoosingContext = Context.Provider;

export function useChoosing(): Choosing {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const toggle = useCallback(
    (id: string) => setChosen((so) => new Set(so.has(id) ? [...so].filter((one) => one !== id) : [...so, id])),
    [],
  );
  return useMemo(() => ({ chosen, all, toggle, setAll }), [chosen, all, toggle]);
}

/** Before a member's name, while somebody chooses. */
export function ChooseBox({ id, name }: { id: string; name: string }) {
  const t = useWords(BULK);
  const choosing = useContext(Context);
  if (!choosing) return null;
  return (
    <Checkbox
      aria-label={t('chooseOne', { name })}
      isSelected={choosing.all || choosing.chosen.has(id)}
      isDisabled={choosing.all}
      onChange={() => choosing.toggle(id)}
    >
      {''}
    </Checkbox>
  );
}

interface BarProps {
  of: Choosing;
  /** What the list shows. */
  shown: Extract<Whom, { matching: object }>['matching'];
  onStop(): void;
}

/** Above the list: how many, all of them at a stroke, and what to do with them. */
export function ChoosingBar({ of, shown, onStop }: BarProps) {
  const t = useWords(BULK);
  const m = useWords(MEMBERS);
  const may = useMay();
  const [asking, setAsking] = useState<'points' | 'hold' | 'release' | null>(null);
  const close = () => setAsking(null);
  const isNobody = !of.all && of.chosen.size === 0;
  const whom: Whom = of.all ? { matching: shown } : { members: [...of.chosen] };
  return (
    <section className="member-choosing" aria-label={t('bar')}>
      <p role="status">
        <strong>{of.all ? t('allChosen') : t('chosen', { n: of.chosen.size })}</strong>
      </p>
      <Checkbox isSelected={of.all} onChange={of.setAll}>
        {t('all')}
      </Checkbox>
      <div className="actions">
        <LinkButton look="quiet" to="/members/together">
          {t('earlier')}
        </LinkButton>
        <Button onPress={onStop}>{t('stopChoosing')}</Button>
        {may('block-members') && !isNobody && (
          <Menu
            label={m('more')}
            entries={[
              { id: 'hold', text: m('hold'), act: () => setAsking('hold') },
              { id: 'release', text: m('release'), act: () => setAsking('release') },
            ]}
          />
        )}
        {may('adjust-points') && (
          <Button look="primary" isDisabled={isNobody} onPress={() => setAsking('points')}>
            {t('give')}
          </Button>
        )}
      </div>
      {asking === 'points' && <BulkAsk whom={whom} onClose={close} />}
      {(asking === 'hold' || asking === 'release') && (
        <BulkHoldAsk whom={whom} hold={asking === 'hold'} onClose={close} />
      )}
    </section>
  );
}
