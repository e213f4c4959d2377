import { Markup } from './html.js';

const framed = (title: string, inner: string): string =>
  `<svg viewBox="0 0 320 240" role="img" aria-label="${title}" class="picture">
<rect width="320" height="240" class="ground"/><path d="M0 196h320M0 208h320M0 220h320M0 232h320" class="rule"/>
<ellipse cx="160" cy="202" rx="104" ry="9" class="shade"/>${inner}</svg>`;

const bean = (x: number, y: number, turn: number): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn})"><ellipse rx="13" ry="9" fill="#4a2a18"/><path d="M-12 0c8-6 16 6 24 0" fill="none" stroke="#8a5a3c" stroke-width="2.5"/></g>`;

const petal = (turn: number): string => `<path d="M0 0 7-15 0-30-7-15Z" transform="rotate(${turn})"/>`;
const rose = [22.5, 67.5, 112.5, 157.5, 202.5, 247.5, 292.5, 337.5].map(petal).join('');

const DRAWINGS: Record<string, string> = {
  YIRGACHEFFE: `<path d="M104 66h112l10 134H94Z" fill="#c89b6c"/><path d="M104 66h112l3 34H101Z" fill="#b78757"/>
<path d="M100 48h120v20H100Z" fill="#d9b184"/><path d="M100 58h120" stroke="#9a6b3f" stroke-width="2"/>
<rect x="118" y="112" width="84" height="68" rx="3" fill="#fbf6ec"/><circle cx="160" cy="138" r="15" fill="#e08a3c"/>
<path d="M160 123v30M147 130l26 16M147 146l26-16" stroke="#fbf6ec" stroke-width="2"/><path d="M130 164h60M138 171h44" stroke="#6d4a2e" stroke-width="2.5"/>
${bean(246, 196, 20)}${bean(270, 202, -30)}${bean(76, 200, 60)}`,
  HOUSE: `<path d="M96 50h128l12 150H84Z" fill="#3a2a24"/><path d="M96 50h128l3 36H93Z" fill="#2b1f1a"/><path d="M92 32h136v20H92Z" fill="#4c3830"/>
<path d="M92 42h136" stroke="#241813" stroke-width="2"/><circle cx="160" cy="134" r="36" fill="#d9b184"/>
<g transform="translate(160 134) rotate(-35)"><ellipse rx="25" ry="17" fill="#4a2a18"/><path d="M-24 0c16-12 32 12 48 0" fill="none" stroke="#d9b184" stroke-width="3.5"/></g>
<path d="M126 184h68" stroke="#d9b184" stroke-width="2.5"/>${bean(258, 198, 10)}${bean(66, 201, -20)}`,
  KETTLE: `<path d="M112 104h92l16 92H96Z" fill="#5f8f93"/><path d="M112 104h92l3 16h-98Z" fill="#4c777b"/><path d="M124 92h68l8 12h-84Z" fill="#7fb0b3"/>
<path d="M150 82h16v10h-16Z" fill="#2f4a4d"/><circle cx="158" cy="78" r="8" fill="#2f4a4d"/>
<path d="M214 168c40-4 18-78 52-90" fill="none" stroke="#5f8f93" stroke-width="11" stroke-linecap="round"/><path d="M262 72l18 4" stroke="#4c777b" stroke-width="9" stroke-linecap="round"/>
<path d="M108 112c-58 0-58 68-10 72" fill="none" stroke="#2f4a4d" stroke-width="10" stroke-linecap="round"/><path d="M124 128v52" stroke="#a9cfd1" stroke-width="6" stroke-linecap="round"/>`,
  WOOL: `<circle cx="156" cy="132" r="68" fill="#7a93ab"/><g fill="none" stroke="#5f7890" stroke-width="4" stroke-linecap="round">
<path d="M98 108c40-30 84-30 116 0M92 126c44-32 92-32 128 2M90 146c46-30 96-28 132 2M98 168c38-22 82-20 112 2"/></g>
<g fill="none" stroke="#a9bed1" stroke-width="4" stroke-linecap="round"><path d="M130 70c-26 40-26 86 2 124M152 66c-20 42-18 92 8 132M176 68c-10 42-6 92 14 122"/></g>
<path d="M214 168c30 26 44 40 74 30" fill="none" stroke="#7a93ab" stroke-width="5" stroke-linecap="round"/>`,
  MITTENS: `<path d="M112 196v-40c-22-8-34-34-26-46s24 0 32 14V84c0-52 92-52 92 0v112Z" fill="#f4f1ea" stroke="#c9c2b3" stroke-width="2"/>
<path d="M112 172h98v28h-98Z" fill="#9c2f2a"/><path d="M112 180h98M112 190h98" stroke="#f4f1ea" stroke-width="2.5" stroke-dasharray="5 5"/>
<g transform="translate(164 116)" fill="#9c2f2a">${rose}</g><path d="M124 160h76" stroke="#9c2f2a" stroke-width="3" stroke-dasharray="3 6"/>
<path d="M128 74l8-8 8 8-8 8ZM184 74l8-8 8 8-8 8Z" fill="#9c2f2a"/>`,
  NEEDLES: `<g stroke-linecap="round" stroke-width="8"><path d="M66 186 222 52" stroke="#d8b27c"/><path d="M92 198 250 72" stroke="#c89b62"/>
<path d="M254 190 100 50" stroke="#e2c393"/><path d="M228 200 72 76" stroke="#cfa66d"/><path d="M52 150h216" stroke="#d8b27c"/></g>
<path d="M126 118h68v62h-68Z" fill="#5d7f63"/><g fill="none" stroke="#86a98c" stroke-width="3.5"><path d="M130 122l7 9 7-9 7 9 7-9 7 9 7-9 7 9 7-9M130 140l7 9 7-9 7 9 7-9 7 9 7-9 7 9 7-9M130 158l7 9 7-9 7 9 7-9 7 9 7-9 7 9 7-9"/></g>`,
};

/** Our own drawing of what `sku` is; a plain parcel for anything else. */
export const picture = (sku: string, title: string): Markup =>
  new Markup(
    framed(
      title.replace(/[&<>"']/g, ''),
      DRAWINGS[sku] ??
        '<path d="M96 92h128v104H96Z" fill="#c89b6c"/><path d="M96 92h128M160 92v104" stroke="#9a6b3f" stroke-width="4"/>',
    ),
  );
