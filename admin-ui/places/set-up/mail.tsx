import { useMutation, useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useMay, useWords } from '../../shell/desk-context.js';
import { Line } from './line.js';
import { MailDomain } from './mail-domain.js';
import { MAIL } from './mail-words.js';

/** Whether mail goes out, from whom; and a mail to oneself, which shows whether it arrives. */
export function MailLine() {
  const t = useWords(MAIL);
  const api = useApi();
  const tell = useToast();
  const mayTry = useMay()('manage-store');
  const mail = useQuery({ queryKey: ['mail'], queryFn: () => answered(api.GET('/api/v1/mail')) });
  const attempt = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/mail/test')),
    onSuccess: ({ to }) => tell(t('sent', { to: to ?? '' })),
  });
  if (!mail.data) return null;
  const { from, to } = mail.data;
  return (
    <>
      <Line done={from !== null} text={from === null ? t('none') : t('from', { from })}>
        {from !== null && to !== null && mayTry && (
          <Button look="quiet" isPending={attempt.isPending} onPress={() => attempt.mutate()}>
            {t('try')}
          </Button>
        )}
      </Line>
      {from !== null && <MailDomain />}
      {attempt.isError && (
        <li>
          <Failed error={attempt.error} />
        </li>
      )}
    </>
  );
}
