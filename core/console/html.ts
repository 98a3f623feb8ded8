/** The state that AdminJS writes into the page as a script, one assignment a line. */
const stateLine = /^(\s*window\.\w+ = )([^\n]*)$/gm;
const googleFont = /<link[^>]*fonts\.googleapis\.com[^>]*>/g;
const icon = '<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">';

/**
 * AdminJS's page made fit for a strict content security policy: no text of an operator's can end a script,
 * every script carries the request's nonce, and nothing is asked of a foreign host.
 */
export function securePage(html: string, nonce: string): string {
  return html
    .replace(stateLine, (_line, name: string, json: string) => name + json.replaceAll('<', '\\u003c'))
    .replace(googleFont, icon)
    .replace(/<script(?=[\s>])/g, `<script nonce="${nonce}"`);
}
