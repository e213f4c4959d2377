import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import { Link } from 'react-router';

type Look = 'primary' | 'plain' | 'danger' | 'quiet';

/** Verb + what ("Pause Double Saturday"). One `primary` a screen; `quiet` looks like a link. */
export function Button({ look = 'plain', ...rest }: Omit<ButtonProps, 'className'> & { look?: Look }) {
  return <AriaButton {...rest} className={`button ${look}`} />;
}

/** A link that looks like a button, to another place of the desk. */
export function LinkButton({ look = 'plain', to, children }: { look?: Look; to: string; children: ReactNode }) {
  return (
    <Link className={`button ${look}`} to={to}>
      {children}
    </Link>
  );
}
