import { darkTheme } from './theme.ts';

/** The state that AdminJS writes into the page as a script, one assignment a line. */
const stateLine = /^(\s*window\.\w+ = )([^\n]*)$/gm;
const googleFont = /<link[^>]*fonts\.googleapis\.com[^>]*>/g;
const icon = '<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">';

/** The console is put together in the browser; without scripts nothing of it would be there, not even the reason. */
const withoutScript =
  '<noscript><h1>Marquee console</h1><p>The console needs JavaScript. Allow it for this site and reload the page. The site for viewers works without: <a href="/">View the site</a>.</p></noscript>';

/** AdminJS takes its colours from the page: which ones, only the browser knows. */
const inTheDark = ` if (matchMedia('(prefers-color-scheme: dark)').matches) { document.documentElement.dataset.theme = 'dark'; for (const [part, values] of Object.entries(${JSON.stringify(darkTheme)})) Object.assign(window.THEME[part], values); }`;

/**
 * AdminJS's page made fit for a strict content security policy: no text of an operator's can end a script,
 * every script carries the request's nonce, and nothing is asked of a foreign host.
 */
export function securePage(html: string, nonce: string): string {
  return html
    .replace(stateLine, (_line, name: string, json: string) => name + json.replaceAll('<', '\\u003c'))
    .replace(/^\s*window\.THEME = [^\n]*$/m, (line) => line + inTheDark)
    .replace(googleFont, icon)
    .replace(/<body[^>]*>/, (body) => `${body}${withoutScript}`)
    .replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
}
