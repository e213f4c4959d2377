/** What JSX becomes in the bundle (scripts/build-widget.mjs injects it); its types are Preact's. */
export { Fragment, h } from './drawing.js';
