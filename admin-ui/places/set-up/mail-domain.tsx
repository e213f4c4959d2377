import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { Line } from './line.js';
import { MAIL_DOMAIN } from './mail-domain-words.js';

type Seen = operations['mailDomain']['responses'][200]['content']['application/json'];
type MailRecord = Seen['records'][number];

/** What mailboxes look up before they trust our mails, asked of the DNS by us: what is there, what to add and where. */
export function MailDomain() {
  const t = useWords(MAIL_DOMAIN);
  const api = useApi();
  const format = useFormat();
  const query = useQuery({ queryKey: ['mail', 'domain'], queryFn: () => answered(api.GET('/api/v1/mail/domain')) });
  if (query.isError && !query.data)
    return (
      <li>
        <Failed error={query.error} again={() => void query.refetch()} />
      </li>
    );
  if (!query.data) return <li className="quiet-text">{t('looking')}</li>;
  const { domain, records, at } = query.data;
  if (domain === null) return null;
  return (
    <>
      {records.map((record) => (
        <OneRecord key={record.record} domain={domain} record={record} />
      ))}
      <li>
        <small>{at !== null && t('at', { at: format.moment(at) })}</small>{' '}
        <Button look="quiet" isPending={query.isFetching} onPress={() => void query.refetch()}>
          {t('again')}
        </Button>
      </li>
    </>
  );
}

const ABBREVIATIONS = { spf: 'SPF', dkim: 'DKIM', dmarc: 'DMARC' } as const;
/** SPF can be written in three wrong ways, DKIM be there unseen; whatever else is wrong is that it is missing. */
const SAID = {
  spf: { there: 'spf_there', several: 'spf_several', refuses: 'spf_refuses' },
  dkim: { there: 'dkim_there', hidden: 'dkim_hidden' },
  dmarc: { there: 'dmarc_there' },
} as const;

function OneRecord({ domain, record: { record, state, host, saw, value } }: { domain: string; record: MailRecord }) {
  const t = useWords(MAIL_DOMAIN);
  const said: Partial<Record<MailRecord['state'], keyof (typeof MAIL_DOMAIN)['en']>> = SAID[record];
  const isFine = state === 'there' || state === 'hidden';
  const text =
    state === 'unreachable'
      ? t('unreachable', { record: ABBREVIATIONS[record], domain })
      : t(said[state] ?? `${record}_missing`, { domain });
  const help = record === 'dkim' ? 'addDkim' : record === 'dmarc' ? 'add' : saw === null ? 'addSpf' : 'replaceSpf';
  return (
    <Line done={isFine} text={text}>
      {!isFine && state !== 'unreachable' && (
        <>
          {saw !== null && (
            <span className="mail-record">
              {t('saw')} <code>{saw}</code>
            </span>
          )}
          <span className="mail-record">
            {t(help, { host })} {value !== null && <code>{value}</code>}
          </span>
        </>
      )}
    </Line>
  );
}
