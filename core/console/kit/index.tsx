/*
 * The kit of the console's pages: what every page of ours (the core's and the plugins') is built from.
 *
 * A page is one .tsx file with a component as default export, named in a plugin's `console.pages`:
 *
 *   import React from 'react';
 *   import { Page, Panel, Chart, ErrorNotice, Busy, useData } from '../../core/console/kit/index.tsx';
 *
 *   export default function Performance() {
 *     const { data, error } = useData<Answer>('/admin/data/tracking/performance', { every: 5000 });
 *     return <Page title="Performance" lead="What viewers do with the lists they get.">
 *       <ErrorNotice error={error} />
 *       {data ? <Panel title="Clicks"><Chart … /></Panel> : <Busy what="the figures" />}
 *     </Page>;
 *   }
 *
 * Code for the browser is always .tsx, and imports only .tsx files, types (`import type`), react, chart.js through
 * `Chart`, and @adminjs/design-system (for `Icon`): build/ has no other sources, and the bundler reads those.
 * Data comes from the plugin's `consoleRoutes`, below /admin/data/<plugin id>/: GET never changes anything;
 * `fetchJson(path, { body })` posts JSON, and throws a `RequestError` with `fields` for messages beside inputs.
 *
 *   Page Panel Columns Empty          the frame: one <main> with h1, sections with h2
 *   Notice ErrorNotice Busy Progress  what is going on
 *   Button LinkButton Badge Toggle    things to press; Badge says a state in words, never by colour alone
 *   Form                              sends an action; its buttons, and what is wrong with no field of it
 *   Field TextField NumberField SelectField TextArea Slider SecretField   labelled inputs with hint and error
 *   FilmPicker ViewerPicker FilmLine  whom and what a preview is about, and a film in its lists
 *   Table Chart                       numbers; every chart can be read as a table
 *   Confirm                           asks before something that cannot be undone
 *   useData useAction fetchJson       reading (with polling while the tab is visible) and changing
 *   number percent ago when seconds bytes   formatting
 */
export * from './button.tsx';
export * from './chart.tsx';
export * from './colours.tsx';
export * from './confirm.tsx';
export * from './fetch.tsx';
export * from './field.tsx';
export * from './film-line.tsx';
export * from './film-picker.tsx';
export * from './form.tsx';
export * from './format.tsx';
export * from './notice.tsx';
export * from './page.tsx';
export * from './secret-field.tsx';
export * from './table.tsx';
export * from './viewer-picker.tsx';
