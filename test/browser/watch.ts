import type { BrowserContext } from 'playwright-core';

/**
 * Collects what must not happen on any page: faults in scripts, messages of errors (the browser writes one for each breach of
 * the security policy), failed requests, and requests to other hosts. Pages that answer 4xx are no complaint, nor is data of a
 * form that is refused with 422, or in the console because somebody else was first (409) or the session ended (401): a story looks
 * at what the page says then.
 */
export function watch(context: BrowserContext, base: string): readonly string[] {
  const complaints: string[] = [],
    refused = new Set<string>();
  context.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`) && !request.url().startsWith('data:')) complaints.push(`asked another host: ${request.url()}`);
  });
  context.on('response', (response) => {
    const page = response.request().isNavigationRequest() && response.status() < 500;
    const told = response.status() === 422 || ([401, 409].includes(response.status()) && response.url().startsWith(`${base}/admin/data/`));
    if (page || told) refused.add(response.url());
    else if (response.status() >= 400) complaints.push(`${response.status()} for ${response.request().method()} ${response.url()}`);
  });
  context.on('weberror', (error) => complaints.push(`script: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' || (message.text().startsWith('Failed to load resource') && refused.has(message.location().url))) return;
    complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  return complaints;
}
