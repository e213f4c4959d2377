import { useMutation } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { failureText } from '../../kit/asked.js';
import { useToast } from '../../kit/toasts.js';
import { KIT } from '../../kit/words.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import { PERSON } from './person-words.js';

/** Everything that is held of a member as a file, for them alone. */
export function useExporting({ id, code }: { id: string; code: string }) {
  const t = useWords(PERSON);
  const k = useWords(KIT);
  const api = useApi();
  const tell = useToast();
  return useMutation({
    mutationFn: () => answered(api.GET('/api/v1/members/{id}/export', { params: { path: { id } } })),
    onSuccess: (held) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: 'application/json' }));
      link.download = `member-${code}.json`;
      link.click();
      URL.revokeObjectURL(link.href);
      tell(t('exported'));
    },
    onError: (error) => tell(failureText(error, k)),
  });
}
