import React from 'react';
import { useNavigate } from 'react-router-dom';
import { Busy, ErrorNotice, fetchJson, LinkButton, Notice, Page, useData } from '../../../core/console/kit/index.tsx';
import type { BlendChoice, ListAnswer } from './answer.ts';
import { DraftForm, type DraftValues } from './draft-form.tsx';
import { data as path, page } from './words.tsx';

export function NewExperiment() {
  const { data, error } = useData<ListAnswer>(path),
    navigate = useNavigate();
  const save = async (values: DraftValues): Promise<void> => {
    const { id } = await fetchJson<{ id: number }>(path, { body: values });
    navigate(page(`?id=${id}`));
  };
  return (
    <Page
      title="New experiment"
      lead="A draft changes nothing for viewers. You launch it on its own page."
      actions={<LinkButton href={page()}>All experiments</LinkButton>}
    >
      <ErrorNotice error={error} />
      {data ? <Draft blends={data.blends} save={save} /> : !error && <Busy what="the blends" />}
    </Page>
  );
}

const Draft = ({ blends, save }: { readonly blends: readonly BlendChoice[]; readonly save: (values: DraftValues) => Promise<void> }) => (
  <>
    {blends.length < 2 && (
      <Notice kind="warn" title="Only one blend">
        An experiment compares at least two. <a href="/admin/pages/blend">Make another blend</a> with other weights first.
      </Notice>
    )}
    <DraftForm blends={blends} first={startWith(blends)} save={save} submit="Save the draft" />
  </>
);

/** What viewers get now against the newest other blend, half and half. */
const startWith = (blends: readonly BlendChoice[]): DraftValues => ({
  name: '',
  hypothesis: '',
  metric: 'ctr',
  includeSimulated: false,
  arms: [
    { key: 'control', name: '', share: 50, blend: blends[0]?.id ?? 0, overrides: {} },
    { key: 'b', name: '', share: 50, blend: blends.at(-1)?.id ?? 0, overrides: {} },
  ],
});
