const KEPT = 'tallymark-here';

/** Somebody is at the desk in this browser. A session that ends leaves no trace in it but this one. */
export const rememberHere = (): void => localStorage.setItem(KEPT, 'yes');

/** Whether somebody was, who did not sign out themselves. */
export const wasHere = (): boolean => localStorage.getItem(KEPT) !== null;

export const forgetHere = (): void => localStorage.removeItem(KEPT);
