/// <reference lib="dom" />
import React, { useEffect, useRef, type ComponentType } from 'react';

/** AdminJS's filters have labels that belong to no input: each input gets the words of the labels above it. */
function nameInputs(group: Element): void {
  let first = '',
    last = '';
  for (const element of group.querySelectorAll('label, input, select')) {
    if (element.matches('label')) {
      last = (element.textContent ?? '').replace(/^- |: $/g, '');
      first ||= last;
    } else element.setAttribute('aria-label', first === last ? first : `${first}, ${last.toLowerCase()}`);
  }
}

export default function Filters({ OriginalComponent, ...props }: { readonly OriginalComponent: ComponentType<object> }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const groups = new Set([...(frame.current?.querySelectorAll('label') ?? [])].map((label) => label.parentElement!));
    for (const group of groups) nameInputs(group);
  });
  return (
    <div ref={frame} style={{ display: 'contents' }}>
      <OriginalComponent {...props} />
    </div>
  );
}
