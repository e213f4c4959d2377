/**
 * What JSX becomes, and how it reaches the page: a fifth of the weight of a library, since views are plain functions of one
 * Scene and hold nothing themselves. Everything a shop or a shopper wrote goes in as a text node or an attribute's text.
 */
type Props = Record<string, unknown>;
interface Piece {
  tag: string;
  props: Props;
  children: Drawn[];
}
type Drawn = Piece | string;
type Child = Drawn | number | boolean | null | undefined | Child[];
interface Made extends Element {
  props?: Props;
}

const SVG = 'http://www.w3.org/2000/svg';

/** What is left out keeps its place as an empty text, so that what follows it stays itself. */
const drawn = (children: Child[]): Drawn[] =>
  children
    .flat(9 as 1)
    .map((child) =>
      child && typeof child === 'object'
        ? (child as Piece)
        : child === 0 || (child && child !== true)
          ? String(child)
          : '',
    );

export function h(tag: string | ((props: Props) => Child), props: Props | null, ...children: Child[]): Child {
  if (typeof tag === 'function') return tag({ ...props, children });
  return { tag, props: props ?? {}, children: drawn(children) };
}

export const Fragment = ({ children }: Props): Child => children as Child;

/** Makes a part of the page show this; what is there already is kept where it is the same thing. */
export function render(what: unknown, root: Node): void {
  place(root, drawn([what as Child]));
}

const keyIn = (one: Drawn) => (typeof one === 'object' ? one.props['key'] : undefined);
const keyOf = (node: ChildNode) => (node as Made).props?.['key'];

function place(parent: Node, wanted: Drawn[]): void {
  const keys = new Set(wanted.map(keyIn));
  const known = new Map<unknown, ChildNode>();
  for (const node of [...parent.childNodes]) {
    const key = keyOf(node);
    if (key === undefined) continue;
    if (keys.has(key)) known.set(key, node);
    else node.remove();
  }
  let at = parent.firstChild;
  for (const one of wanted) {
    const mine = known.get(keyIn(one));
    const same = mine ?? (at && isSame(at, one) ? at : null);
    const node = same ?? make(parent, one);
    if (node === at) at = at.nextSibling;
    else {
      parent.insertBefore(node, at);
      // it stands in the place of what is no longer wanted there
      if (at && keyOf(at) === undefined && keyIn(one) === undefined) at = drop(at);
    }
    if (typeof one === 'object') dress(node as Made, one);
    else if (node.nodeValue !== one) node.nodeValue = one;
  }
  while (at) at = drop(at);
}

function drop(node: ChildNode): ChildNode | null {
  const next = node.nextSibling;
  node.remove();
  return next;
}

const isSame = (node: ChildNode, one: Drawn) =>
  typeof one === 'object'
    ? node.nodeName.toLowerCase() === one.tag.toLowerCase() && keyOf(node) === one.props['key']
    : node.nodeType === 3;

function make(parent: Node, one: Drawn): ChildNode {
  if (typeof one === 'string') return document.createTextNode(one);
  return one.tag === 'svg' || (parent as Element).namespaceURI === SVG
    ? document.createElementNS(SVG, one.tag)
    : document.createElement(one.tag);
}

function dress(node: Made, { props, children }: Piece): void {
  const before = node.props ?? {};
  node.props = props;
  for (const name of Object.keys({ ...before, ...props }))
    if (before[name] !== props[name]) put(node, name, props[name], before[name]);
  place(node, children);
  // last, as what a field can hold depends on the rest of it
  const { value, ref } = props;
  // what is being typed stays, also when something else is drawn meanwhile
  const typing = value === before['value'] && node.matches(':focus');
  if (node instanceof HTMLInputElement && value !== undefined && node.value !== String(value) && !typing)
    node.value = String(value);
  (ref as ((node: Element) => void) | undefined)?.(node);
}

function put(node: Made, name: string, value: unknown, before: unknown): void {
  if (name === 'key' || name === 'ref') return;
  if (name.startsWith('on')) {
    const call = (happening: Event) => (node.props?.[name] as ((happening: Event) => void) | undefined)?.(happening);
    if (!before) node.addEventListener(name.slice(2).toLowerCase(), call);
  } else if (name === 'style') Object.assign((node as HTMLElement).style, value);
  else if (name === 'defaultValue') (node as HTMLInputElement).defaultValue = String(value);
  else if (value === undefined || value === null || (value === false && !name.startsWith('aria')))
    node.removeAttribute(name);
  else node.setAttribute(name, value === true && !name.startsWith('aria') ? '' : String(value));
}
