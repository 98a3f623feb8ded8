/// <reference lib="dom" />
import type { ConsolePage } from '../part.ts';

interface ReduxState {
  readonly pages: readonly { readonly name: ConsolePage['id']; readonly icon?: string }[];
  readonly resources: readonly { readonly id: string; readonly href: string | null; readonly navigation: { readonly name: string | null } | null }[];
  readonly locale: { readonly translations: { readonly en: { readonly labels: Record<string, string>; readonly pages?: Record<string, string> } } };
}
export interface Destination {
  readonly href: string;
  readonly title: string;
  readonly icon?: string | undefined;
}
export interface Destinations {
  readonly pages: readonly (Destination & { readonly id: string })[];
  readonly groups: readonly (readonly [string, readonly Destination[]])[];
}

/** Where this operator can go: AdminJS writes it into the page. */
export function destinations(): Destinations {
  const {
    pages,
    resources,
    locale: {
      translations: { en },
    },
  } = (window as unknown as { REDUX_STATE: ReduxState }).REDUX_STATE;
  const groups = new Map<string, Destination[]>();
  for (const { id, href, navigation } of resources) {
    if (href) groups.set(navigation?.name ?? '', [...(groups.get(navigation?.name ?? '') ?? []), { href, title: en.labels[id] ?? id }]);
  }
  return {
    pages: pages.map(({ name, icon }) => ({ id: name, href: `/admin/pages/${name}`, title: en.pages?.[name] ?? name, icon })),
    groups: [...groups],
  };
}
