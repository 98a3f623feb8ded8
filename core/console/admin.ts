import AdminJS, { type ComponentLoader } from 'adminjs';
import { atLeast, type Account, type Role } from '../http/request.ts';
import { styles } from './assets.ts';
import { componentName, overview } from './components.ts';
import type { Owned } from './owned.ts';
import type { ConsolePage, ConsoleResource } from './part.ts';
import { AuditedResource, type ResourceParts } from './resource/audited.ts';
import { mayDo, optionsOf } from './resource/options.ts';
import { theme } from './theme.ts';

/** What one role can open while these plugins are on. */
export interface View {
  readonly admin: AdminJS;
  readonly resources: ReadonlyMap<string, ConsoleResource>;
  readonly pages: ReadonlyMap<string, ConsolePage>;
}
export interface ViewParts {
  readonly owned: readonly Owned[];
  readonly role: Role;
  readonly loader: ComponentLoader;
  readonly parts: (resource: ConsoleResource) => ResourceParts;
}

/** A fresh AdminJS: it has no way to take a resource back, and making one costs about a millisecond. */
export function viewOf({ owned, role, loader, parts }: ViewParts): View {
  const resources = new Map(
    owned
      .flatMap(({ part }) => part.resources ?? [])
      .filter((resource) => mayDo(resource, 'list', role))
      .map((resource) => [resource.id, resource]),
  );
  const pages = owned
    .flatMap(({ owner, part }) => (part.pages ?? []).map((page) => ({ owner, page })))
    .filter(({ page }) => atLeast({ role } as Account, page.role));
  const present = new Set(resources.keys());
  const admin = new AdminJS({
    rootPath: '/admin',
    loginPath: '/sign-in',
    logoutPath: '/sign-out',
    componentLoader: loader,
    branding: { companyName: 'Marquee console', logo: false, withMadeWithLove: false, theme },
    assets: { styles: styles.map((path) => `/admin${path}`) },
    dashboard: { component: overview },
    settings: { defaultPerPage: 20 },
    pages: Object.fromEntries(pages.map(({ owner, page }) => [page.id, { component: componentName(owner, page.id), icon: page.icon }])),
    resources: [...resources.values()].map((resource) => ({
      resource: new AuditedResource(parts(resource)),
      options: optionsOf(resource, role, present),
    })),
    locale: {
      language: 'en',
      availableLanguages: ['en'],
      translations: {
        en: {
          labels: { dashboard: 'Overview', ...Object.fromEntries([...resources.values()].map(({ id, title }) => [id, title])) },
          pages: Object.fromEntries(pages.map(({ page }) => [page.id, page.title])),
          messages: { successfullyUpdated: 'Saved', successfullyCreated: 'Created', successfullyDeleted: 'Deleted' },
        },
      },
    },
  });
  return { admin, resources, pages: new Map(pages.map(({ page }) => [page.id, page])) };
}
