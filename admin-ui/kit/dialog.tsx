import type { KeyboardEvent, ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../shell/desk-context.js';
import { Button } from './button.js';
import { KIT } from './words.js';

interface DialogProps {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  /** Beside "Cancel"; the primary one last. */
  actions?: ReactNode;
  wide?: boolean;
}

/** Something to finish or to leave before going on: Esc and outside close it, focus comes back to where it was. */
export function Dialog({ title, open, onClose, children, actions, wide = false }: DialogProps) {
  const t = useWords(KIT);
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={(now) => now || onClose()} isDismissable>
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <AriaDialog className="dialog">
          <header>
            <Heading slot="title">{title}</Heading>
            <Button look="quiet" onPress={onClose} aria-label={t('close')}>
              ✕
            </Button>
          </header>
          <div className="dialog-body" onKeyDown={submits}>
            {children}
          </div>
          {actions !== undefined && (
            <footer className="actions">
              <Button onPress={onClose}>{t('cancel')}</Button>
              {actions}
            </footer>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

const ONE_LINE = new Set(['text', 'email', 'tel', 'url', 'number', 'password', 'date', 'month']);

/** Enter in a line of text does what the primary button does, as in any form. */
function submits(event: KeyboardEvent<HTMLElement>) {
  const { target, key, defaultPrevented, nativeEvent, currentTarget } = event;
  if (key !== 'Enter' || defaultPrevented || nativeEvent.isComposing) return;
  if (!(target instanceof HTMLInputElement) || !ONE_LINE.has(target.type) || target.role === 'combobox') return;
  const button = currentTarget.parentElement?.querySelector<HTMLButtonElement>('footer .button.primary');
  if (!button || button.disabled || button.ariaDisabled === 'true') return;
  event.preventDefault();
  button.click();
}
