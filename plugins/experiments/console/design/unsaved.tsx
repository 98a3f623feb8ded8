/// <reference lib="dom" />
import { useEffect } from 'react';

/** Before a page with unsaved words is left, by a link or by the browser's own ways, the person is asked. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return undefined;
    const unload = (event: BeforeUnloadEvent): void => event.preventDefault();
    // Links of the console change the page without a load, of which the browser says nothing.
    const follow = (event: MouseEvent): void => {
      if (!leads(event)) return;
      if (confirm('What you wrote is not saved. Leave the page without it?')) return removeEventListener('beforeunload', unload);
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', unload);
    addEventListener('click', follow, true);
    return () => {
      removeEventListener('beforeunload', unload);
      removeEventListener('click', follow, true);
    };
  }, [unsaved]);
}

/** Whether a click leads to another page in this tab. */
function leads({ target, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
  return link !== null && link.target !== '_blank' && !link.getAttribute('href')!.startsWith('#') && !ctrlKey && !metaKey && !shiftKey;
}
