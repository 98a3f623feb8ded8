import { xml } from './xml.ts';

export interface Channel {
  readonly title: string;
  readonly description: string;
  /** address of the profile and of this feed, with the host */
  readonly link: string;
  readonly self: string;
  readonly language: string;
}
export interface Item {
  readonly title: string;
  readonly link: string;
  /** names the item for ever */
  readonly guid: string;
  readonly at: Date;
}

/** RSS 2.0 (https://www.rssboard.org/rss-specification), with the feed's own address as the board advises. */
export const rss = ({ title, description, link, self, language }: Channel, items: readonly Item[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    xml`<title>${title}</title><link>${link}</link><description>${description}</description><language>${language}</language>`,
    xml`<atom:link href="${self}" rel="self" type="application/rss+xml"/>`,
    ...items.map(
      (item) =>
        xml`<item><title>${item.title}</title><link>${item.link}</link><guid isPermaLink="false">${item.guid}</guid><pubDate>${item.at.toUTCString()}</pubDate></item>`,
    ),
    '</channel></rss>',
    '',
  ].join('\n');
