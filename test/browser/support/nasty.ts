/** What each of these would do if it ever ran. */
const ACT = 'window.__xss=1';

const TAGS = [
  'img src=x',
  'svg',
  'body',
  'video src=x',
  'audio src=x',
  'input autofocus',
  'details open',
  'iframe',
  'object data=x',
  'marquee',
];
const HANDLERS = ['onerror', 'onload', 'onfocus', 'ontoggle', 'onpointerenter', 'onanimationstart'];
const BREAKS = [
  '"',
  "'",
  '">',
  "'>",
  '`',
  '-->',
  '</title>',
  '</textarea>',
  '</style>',
  '</script>',
  ']]>',
  '\\"',
  '\\u0022',
  '&quot;',
  '{{',
  '${',
];

/** Ways out of wherever text may stand, then something that runs there. */
const escapes = BREAKS.flatMap((out) => [
  `${out}<script>${ACT}</script>`,
  `${out} onmouseover=${ACT} x=`,
  `${out}<svg/onload=${ACT}>`,
]);
const elements = TAGS.flatMap((tag) => HANDLERS.map((handler) => `<${tag} ${handler}=${ACT}>`));
const addresses = [
  `javascript:${ACT}`,
  `JaVaScRiPt:${ACT}`,
  `java\tscript:${ACT}`,
  ` javascript:${ACT}`,
  `javascript://x%0a${ACT}`,
  `data:text/html,<script>parent.__xss=1</script>`,
  `data:text/html;base64,PHNjcmlwdD5wYXJlbnQuX194c3M9MTwvc2NyaXB0Pg==`,
  `vbscript:${ACT}`,
  `<a href="javascript:${ACT}">x</a>`,
  `<form action="javascript:${ACT}"><button>x</button></form>`,
  `<base href="javascript:${ACT}//">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${ACT}">`,
  `<link rel="stylesheet" href="data:text/css,*{color:red}">`,
];
const templates = [
  `{{constructor.constructor("${ACT}")()}}`,
  `\${${ACT}}`,
  `#{${ACT}}`,
  `<%= ${ACT} %>`,
  `{x, plural, other {<img src=x onerror=${ACT}>}}`,
  `{units}`,
  `{"__proto__":{"__xss":1}}`,
  `__proto__`,
  `constructor`,
];
const odd = [
  `<scr<script>ipt>${ACT}</scr</script>ipt>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${ACT}>`,
  `<noscript><p title="</noscript><img src=x onerror=${ACT}>">`,
  `<template><script>${ACT}</script></template>`,
  `<svg><script>${ACT}</script></svg>`,
  `<svg><animate onbegin=${ACT} attributeName=x dur=1s>`,
  `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="${ACT}"></b>`,
  `<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>`,
  `<img src="x\` \`<script>${ACT}</script>"\` \`>`,
  `\u202e<script>${ACT}</script>`,
  `\u2028<script>${ACT}</script>`,
  `＜script＞${ACT}＜/script＞`,
  `%3Cscript%3E${ACT}%3C/script%3E`,
  `&lt;script&gt;${ACT}&lt;/script&gt;`,
  `&#60;img src=x onerror=${ACT}&#62;`,
  `\\x3cimg src=x onerror=${ACT}\\x3e`,
  `<tally-mark view="cart" sign-in="javascript:${ACT}"></tally-mark>`,
  `<button popovertarget=x onbeforetoggle=${ACT}>`,
  `<xss contenteditable onbeforeinput=${ACT}>x`,
  `'||(${ACT})||'`,
];

/** Nasty text for every field that a shop or a shopper can write: none of it may ever run, all of it may be read. */
export const NASTY: readonly string[] = [...escapes, ...elements, ...addresses, ...templates, ...odd];
