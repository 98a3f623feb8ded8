import React, { useMemo } from 'react';
import { Icon } from '@adminjs/design-system';
import { NavLink } from 'react-router-dom';
import { destinations, type Destination } from './state.tsx';

/** pages about the site itself rather than about what viewers see */
const housekeeping = new Set(['plugins', 'jobs', 'tokens']);
const siteGroup = 'Site';

const Links = ({ title, to, exact = false }: { readonly title: string; readonly to: readonly Destination[]; readonly exact?: boolean }) =>
  to.length === 0 ? null : (
    <>
      <h2 className="mq-nav-title">{title}</h2>
      <ul>
        {to.map(({ href, title: name, icon }) => (
          <li key={href}>
            <NavLink to={href} end={exact}>
              {icon && <Icon icon={icon as never} />}
              <span>{name}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );

/** AdminJS's sidebar in our order: the manager's pages, the records, the site. */
export default function Sidebar({ isVisible }: { readonly isVisible: boolean }) {
  const { pages, groups } = useMemo(destinations, []);
  const records = groups.filter(([name]) => name !== siteGroup);
  const site = groups.find(([name]) => name === siteGroup)?.[1] ?? [];
  return (
    <nav className={`mq-sidebar mq-nav${isVisible ? ' visible' : ''}`} aria-label="Console">
      <a className="mq-skip" href="#main">
        To the content
      </a>
      <a className="mq-brand" href="/admin">
        <img src="/assets/favicon.svg" alt="" />
        Marquee
      </a>
      <Links
        title="Recommendations"
        exact
        to={[{ href: '/admin', title: 'Overview', icon: 'Home' }, ...pages.filter(({ id }) => !housekeeping.has(id))]}
      />
      {records.map(([name, to]) => (
        <Links key={name} title={name} to={to} />
      ))}
      <Links title={siteGroup} to={[...pages.filter(({ id }) => housekeeping.has(id)), ...site.map((one) => ({ ...one, icon: 'List' }))]} />
    </nav>
  );
}
