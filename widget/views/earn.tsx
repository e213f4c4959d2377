import { act, told } from '../acting.js';
import type { Activities, Member, Survey } from '../answers.js';
import type { Scene } from '../scene.js';
import { Button, Card, Door, rules } from './pieces.js';

/** How one collects, and what a member can do here and now beside ordering. */
export function earn(s: Scene, { member }: Member) {
  const { words, program } = s;
  const open = member ? s.ask('activities', '', s.client.activities).value : null;
  return (
    <Card title={words.say('earn')}>
      {rules(s)}
      {member && program.earning.some(({ id }) => id === 'birthday') && birthday(s)}
      {open?.checkIn && checkIn(s)}
      {open?.links.map((link) => followed(s, link))}
      {open?.surveys.map((survey) => asked(s, survey))}
    </Card>
  );
}

function checkIn(s: Scene) {
  const { words } = s;
  return (
    <form
      onSubmit={(happening) => {
        happening.preventDefault();
        const code = String(new FormData(happening.currentTarget).get('code') ?? '').trim();
        if (code) void act(s, 'check-in', () => s.client.checkIn(code));
      }}
    >
      <label>
        {words.say('code')}
        <span class="chips">
          <input
            class="wide"
            name="code"
            maxLength={64}
            autocomplete="off"
            autocapitalize="characters"
            defaultValue={s.facts.checkIn ?? ''}
          />
          <button disabled={s.busy}>{words.say('checkIn')}</button>
        </span>
      </label>
      {told(s, 'check-in')}
    </form>
  );
}

/** The owner's link opens once the service has noted it and said where it leads; only to the web. */
function followed(s: Scene, { id, name, gives }: Activities['links'][number]) {
  const { words } = s;
  const go = () =>
    act(s, id, async () => {
      const deed = await s.client.follow(id);
      if (/^https?:/.test(deed.url)) window.open(deed.url, '_blank', 'noopener');
      return deed;
    });
  return (
    <div key={id}>
      <p class="row">
        <span>
          {name}
          <small>{words.signed(gives.points, gives.unit)}</small>
        </span>
        <Button off={s.busy} go={() => void go()}>
          {words.say('follow')}
        </Button>
      </p>
      {told(s, id)}
    </div>
  );
}

function asked(s: Scene, { id, name, gives, answered, questions }: Survey) {
  const { words } = s;
  const send = (form: HTMLFormElement) => {
    const said = new FormData(form);
    const answers = questions.map((one) => [one.id, said.getAll(one.id).map(String).filter(Boolean)] as const);
    void act(s, id, () => s.client.answer(id, Object.fromEntries(answers.filter(([, some]) => some.length))));
  };
  return (
    <Door
      key={id}
      figure={
        <span class="row">
          <u>{name}</u> <b>{words.signed(gives.points, gives.unit)}</b>
        </span>
      }
    >
      {answered ? (
        <p>{s.told[id] ?? words.say('answered')}</p>
      ) : (
        <form
          onSubmit={(happening) => {
            happening.preventDefault();
            send(happening.currentTarget);
          }}
        >
          {questions.map((one) => question(s, one))}
          <button class="primary" disabled={s.busy}>
            {words.say('send')}
          </button>
          {told(s, id)}
        </form>
      )}
    </Door>
  );
}

function question({ words }: Scene, { id, text, options, upTo, required }: Survey['questions'][number]) {
  if (!options)
    return (
      <label key={id}>
        {text}
        <textarea name={id} required={required} maxLength={2000} />
      </label>
    );
  const single = upTo === 1;
  return (
    <fieldset key={id}>
      <legend>
        {text}
        {!single && <small>{words.say('upTo', { n: words.number(upTo) })}</small>}
      </legend>
      {options.map((option) => (
        <label class="choice">
          <input type={single ? 'radio' : 'checkbox'} name={id} value={option} required={single && required} />
          {option}
        </label>
      ))}
    </fieldset>
  );
}

/** Day and month, never the year. */
function birthday(s: Scene) {
  const { words } = s;
  const months = Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat(words.lang, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month)),
  );
  return (
    <form
      onSubmit={(happening) => {
        happening.preventDefault();
        const said = new FormData(happening.currentTarget);
        const day = String(said.get('month')) + '-' + String(said.get('day')).padStart(2, '0');
        void act(s, 'birthday', () => s.client.birthday(day), words.say('saved'));
      }}
    >
      <b>{words.say('birthday')}</b>
      <span class="chips">
        <input
          name="day"
          type="number"
          min={1}
          max={31}
          required
          aria-label={words.say('day')}
          placeholder={words.say('day')}
        />
        <select name="month" aria-label={words.say('month')}>
          {months.map((name, at) => (
            <option value={String(at + 1).padStart(2, '0')}>{name}</option>
          ))}
        </select>
        <button disabled={s.busy}>{words.say('save')}</button>
      </span>
      {told(s, 'birthday')}
    </form>
  );
}
