// Styles made at run time carry the nonce of this response, so that style-src needs no 'unsafe-inline'.

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** For the kit's own style element. */
export const styleNonce = (): string => nonce;

declare global {
  // What get-nonce (used by the kit's scroll lock) falls back to.
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ = nonce;
