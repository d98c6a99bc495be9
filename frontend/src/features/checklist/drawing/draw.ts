import mermaid from 'mermaid';
import { DrawingFault, tame } from './source';

/** A drawing as a picture: nothing in it runs, links or fetches. */
export interface Picture {
  src: string;
  width: number;
  height: number;
}

const FONT = 'ui-sans-serif, system-ui, sans-serif';
const MARGIN = 4;
const EDGES = 300;

/** The page's colours, read where they are declared. */
function colours() {
  const style = getComputedStyle(document.body);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const [ink, ink2, line2, surface, raise, well, accent, soft] = [
    of('ink'),
    of('ink-2'),
    of('line-2'),
    of('surface'),
    of('raise'),
    of('well'),
    of('accent'),
    of('accent-soft'),
  ];
  return {
    background: surface,
    primaryColor: surface,
    primaryTextColor: ink,
    primaryBorderColor: line2,
    secondaryColor: soft,
    secondaryTextColor: ink,
    secondaryBorderColor: accent,
    tertiaryColor: raise,
    tertiaryTextColor: ink,
    tertiaryBorderColor: line2,
    lineColor: ink2,
    textColor: ink,
    mainBkg: surface,
    nodeBorder: line2,
    clusterBkg: raise,
    clusterBorder: line2,
    titleColor: ink,
    edgeLabelBackground: raise,
    actorBkg: surface,
    actorBorder: line2,
    actorTextColor: ink,
    actorLineColor: line2,
    signalColor: ink2,
    signalTextColor: ink,
    labelBoxBkgColor: well,
    labelBoxBorderColor: line2,
    labelTextColor: ink,
    loopTextColor: ink,
    noteBkgColor: soft,
    noteBorderColor: accent,
    noteTextColor: ink,
    activationBkgColor: well,
    activationBorderColor: line2,
    attributeBackgroundColorOdd: surface,
    attributeBackgroundColorEven: raise,
    fontFamily: FONT,
    fontSize: '15px',
  };
}

let last: Promise<unknown> = Promise.resolve();
let count = 0;

/** Draws one after the other: Mermaid has one state for all. Throws a DrawingFault. */
export function draw(source: string): Promise<Picture> {
  const next = last.then(() => drawNow(source));
  last = next.catch(() => {});
  return next;
}

async function drawNow(source: string): Promise<Picture> {
  const { text, lineOf } = tame(source);
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    htmlLabels: false,
    flowchart: { htmlLabels: false, curve: 'linear', padding: 5, nodeSpacing: 22, rankSpacing: 30 },
    maxTextSize: source.length + 1,
    maxEdges: EDGES,
    look: 'classic',
    layout: 'dagre',
    theme: 'base',
    themeVariables: colours(),
    themeCSS: '.edgeLabel rect { opacity: 1 }', // an arrow does not run through its own words
    fontFamily: FONT,
    fontSize: 15,
    deterministicIds: true,
    suppressErrorRendering: true,
    logLevel: 'fatal',
  });
  // It has to be laid out to be measured; nobody sees it there.
  const stage = document.createElement('div');
  stage.inert = true;
  stage.className = 'ck-stage';
  document.body.append(stage);
  try {
    const { svg } = await mermaid.render(`drawing-${++count}`, text, stage);
    return picture(tree(svg));
  } catch (error) {
    throw error instanceof DrawingFault ? error : faultOf(error, lineOf);
  } finally {
    stage.remove();
  }
}

/** tools/mermaid.ts has Mermaid hand on the tree that it drew; the development server takes Mermaid as it is. */
function tree(svg: string | SVGSVGElement): SVGSVGElement {
  if (typeof svg !== 'string') return svg;
  return new DOMParser().parseFromString(svg, 'text/html').querySelector('svg')!;
}

function faultOf(error: unknown, lineOf: (line: number) => number): DrawingFault {
  const said = error instanceof Error ? error.message : String(error);
  const line = /on line (\d+)/i.exec(said)?.[1];
  return new DrawingFault('read', line ? lineOf(Number(line)) : undefined);
}

/** All that a drawing is made of; whatever else is in it is left out. An image runs and fetches nothing anyway. */
const PARTS = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan marker defs style title desc use symbol clipPath linearGradient stop filter feDropShadow'
    .toLowerCase()
    .split(' '),
);
const inside = (value: string) => /^#[\w.-]+$/.test(value);
const fetches = /url\(\s*['"]?(?!#)|@import|javascript:/i;

/** Mermaid's #quot; and #9829; on their way through it. */
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' };
const unescaped = (text: string) =>
  text
    .replace(/ﬂ°°(\d{1,6})¶ß/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/ﬂ°(\w+)¶ß/g, (_, name: string) => NAMED[name] ?? `#${name};`);

function picture(root: SVGSVGElement): Picture {
  for (const el of [...root.querySelectorAll('*')]) if (!PARTS.has(el.localName.toLowerCase())) el.remove();
  for (const el of [root, ...root.querySelectorAll('*')])
    for (const { name, value } of [...el.attributes]) {
      const href = /^(xlink:)?href$/i.test(name);
      if (/^on/i.test(name) || (href && !inside(value)) || (!href && fetches.test(value)))
        el.removeAttribute(name);
    }
  const texts = document.createNodeIterator(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode())
    if (node.nodeValue?.includes('¶ß')) node.nodeValue = unescaped(node.nodeValue);
  for (const style of root.querySelectorAll('style')) {
    style.removeAttribute('nonce');
    if (fetches.test(style.textContent ?? '')) style.remove();
  }
  const { x, y, width: w, height: h } = root.viewBox.baseVal;
  if (!(w > 0 && h > 0)) throw new DrawingFault('read');
  const width = Math.ceil(w + 2 * MARGIN);
  const height = Math.ceil(h + 2 * MARGIN);
  root.setAttribute('viewBox', `${x - MARGIN} ${y - MARGIN} ${width} ${height}`);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.style.maxWidth = '';
  const text = new XMLSerializer().serializeToString(root);
  return { src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`, width, height };
}
