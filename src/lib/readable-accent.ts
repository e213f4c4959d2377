/** A colour for buttons and links, and for the text on it, by day and by night: values of CSS. */
export interface Accent {
  accent: string;
  onAccent: string;
}

type Colour = readonly [number, number, number];

/** What text must stand out by (WCAG 2.2, 1.4.3). */
const ENOUGH = 4.5;
const PAPER: Colour = [255, 255, 255];
const NIGHT: Colour = [26, 30, 33];

/**
 * An owner's colour as it can be read: on light surfaces darkened, on dark ones lightened, each no more than it takes.
 * @param hex `#rrggbb`
 */
export function readableAccent(hex: string): Accent {
  const own = colourOf(hex);
  const day = untilReadable(own, PAPER, [0, 0, 0]);
  const night = untilReadable(own, NIGHT, [255, 255, 255]);
  return {
    accent: `light-dark(${hexOf(day)}, ${hexOf(night)})`,
    onAccent: `light-dark(${hexOf(textOn(day))}, ${hexOf(textOn(night))})`,
  };
}

function untilReadable(own: Colour, ground: Colour, towards: Colour): Colour {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = rounded(own.map((part, i) => part + ((towards[i] ?? 0) - part) * share));
    if (contrast(mixed, ground) >= ENOUGH) return mixed;
  }
  return towards;
}

const textOn = (ground: Colour): Colour => (contrast(PAPER, ground) >= ENOUGH ? PAPER : [0, 0, 0]);
const rounded = (parts: readonly number[]): Colour => [
  Math.round(parts[0] ?? 0),
  Math.round(parts[1] ?? 0),
  Math.round(parts[2] ?? 0),
];
const colourOf = (hex: string): Colour => rounded([1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)));
const hexOf = (colour: Colour): string => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
