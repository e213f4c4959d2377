/** What JSX becomes in the bundle: smaller than the automatic runtime (scripts/build-widget.mjs injects it). */
export { Fragment, h } from 'preact';
