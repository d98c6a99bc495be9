import css from './markdown.module.css';

/** Rendered and sanitised by the server; the only place of the page that takes markup as it comes. */
export function Markdown({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises, and nothing else is ever passed
  return <div className={css.md} dangerouslySetInnerHTML={{ __html: html }} />;
}
