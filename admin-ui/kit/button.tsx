import { type ReactNode, useRef } from 'react';
import { Button as AriaButton, type ButtonProps, type PressEvent } from 'react-aria-components';
import { Link } from 'react-router';

type Look = 'primary' | 'plain' | 'danger' | 'quiet';
/** A second press of a double click, that comes before what the first began is drawn. */
const DOUBLE_MS = 400;

/** Verb + what ("Pause Double Saturday"). One `primary` a screen; `quiet` looks like a link. With `isPending`, a double press is one. */
export function Button({ look = 'plain', onPress, ...rest }: Omit<ButtonProps, 'className'> & { look?: Look }) {
  const pressed = useRef(-Infinity);
  const once = (event: PressEvent) => {
    const now = performance.now();
    if (rest.isPending !== undefined && now - pressed.current < DOUBLE_MS) return;
    pressed.current = now;
    onPress?.(event);
  };
  return <AriaButton {...rest} {...(onPress && { onPress: once })} className={`button ${look}`} />;
}

/** A link that looks like a button, to another place of the desk. */
export function LinkButton({ look = 'plain', to, children }: { look?: Look; to: string; children: ReactNode }) {
  return (
    <Link className={`button ${look}`} to={to}>
      {children}
    </Link>
  );
}
