import { Label, ProgressBar } from 'react-aria-components';

/** Long work: which step, how much of it is done ("Orders 1,204 of 1,846"). `share` from 0 to 1; null = not known yet. */
export function Progress({ label, share }: { label: string; share: number | null }) {
  return (
    <ProgressBar className="progress" {...(share === null ? { isIndeterminate: true } : { value: share * 100 })}>
      <Label>{label}</Label>
      <div className="bar" aria-hidden="true">
        <div className={share === null ? 'fill unknown' : 'fill'} style={{ width: `${(share ?? 0.3) * 100}%` }} />
      </div>
    </ProgressBar>
  );
}
