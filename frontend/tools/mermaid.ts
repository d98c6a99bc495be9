import type { Plugin } from 'vite';
import { resolve } from 'node:path';

// Mermaid brings thirty kinds of drawing, formulas, icons and four ways to lay out a graph: three megabytes. Five kinds
// are what a checklist asks for, see features/checklist/drawing. What it puts into the page while it measures has to
// hold to the page's own policy: its style gets the nonce, and style attributes are set as properties.

const KEPT = /^(flowDiagram|sequenceDiagram|classDiagram-v2|stateDiagram-v2|erDiagram|dagre)-/;
const PARTS = /[\\/]mermaid[\\/]dist[\\/]/;
const NOTHING = '\0trestle:no-drawing';
const NONCE = resolve(import.meta.dirname, '../src/lib/nonce.ts');

/** A module that only drawings need. */
export const draws = (id: string): boolean => PARTS.test(id) || /[\\/]checklist[\\/]drawing[\\/]draw\.ts$/.test(id);

/** Replaces what must be there: a new version that says it otherwise fails the build and not the policy. */
function changed(code: string, from: string, to: string, where: string): string {
  if (!code.includes(from)) throw new Error(`${where} has no ${from} any more: see tools/mermaid.ts`);
  return code.replaceAll(from, to);
}

export function mermaid(): Plugin {
  return {
    name: 'trestle:mermaid',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer || !PARTS.test(importer)) return;
      if (source === 'katex') return NOTHING;
      const part = /[\\/]?(?:mermaid\.core[\\/])([^\\/]+)\.mjs$/.exec(source) ?? /^\.\/([^\\/]+)\.mjs$/.exec(source);
      if (part && !part[1]!.startsWith('chunk-') && !part[1]!.startsWith('mermaid') && !KEPT.test(part[1]!)) return NOTHING;
    },
    load(id) {
      if (id === NOTHING) return { code: 'export default {};', syntheticNamedExports: false };
    },
    transform: {
      filter: { id: /(mermaid[\\/]dist[\\/]|d3-selection[\\/]dist[\\/]d3-selection\.mjs)/ },
      handler(code, id) {
        if (/d3-selection\.mjs$/.test(id))
          return {
            code: changed(code, 'this.setAttribute(name, ', 'put(this, name, ', id) +
              '\nfunction put(node, name, value) { if (name === "style") node.style.cssText = value; else node.setAttribute(name, value); }\n',
            map: null,
          };
        if (/mermaid\.core\.mjs$/.test(id))
          return {
            code: `import { styleNonce } from ${JSON.stringify(NONCE)};\n` +
              [
                ['document.createElement("style");', 'document.createElement("style"); style1.nonce = styleNonce();'],
                // The tree itself: written out and read again its styles would be somebody's who has no nonce.
                [': serializeSvg();', ': "";'],
                ['svg: svgCode,', 'svg: svgNode.node(),'],
              ].reduce((text, [from, to]) => changed(text, from!, to!, id), code),
            map: null,
          };
        if (code.includes('.setAttribute("style", '))
          return { code: code.replace(/(\w+)\.setAttribute\("style", ([^;]+)\);/g, '$1.style.cssText = $2;'), map: null };
      },
    },
  };
}
