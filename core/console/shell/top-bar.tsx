import React from 'react';
import { Icon } from '@adminjs/design-system';
import { Badge, Button } from '../kit/button.tsx';
import { useData } from '../kit/fetch.tsx';

interface Me {
  readonly name: string;
  readonly role: string;
  readonly csrf: string;
}

/** AdminJS's top bar with our account and our sign-out, which is a form like on the site. */
export default function TopBar({ toggleSidebar }: { readonly toggleSidebar: () => void }) {
  const { data } = useData<Me>('/admin/data/core/me');
  return (
    <header className="mq-topbar" role="banner">
      <span className="mq-menu">
        <Button onClick={toggleSidebar}>
          <Icon icon="Menu" />
          Menu
        </Button>
      </span>
      <a href="/">View the site</a>
      {data && (
        <form className="mq-who" method="post" action="/sign-out">
          <span>{data.name}</span>
          <Badge>{data.role}</Badge>
          <input type="hidden" name="csrf" value={data.csrf} />
          <Button type="submit">Sign out</Button>
        </form>
      )}
    </header>
  );
}
