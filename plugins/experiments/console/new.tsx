import React from 'react';
import { useNavigate } from 'react-router-dom';
import { Busy, ErrorNotice, fetchJson, LinkButton, Notice, Page, useData } from '../../../core/console/kit/index.tsx';
import type { ChoicesAnswer } from './answer.ts';
import { DraftForm } from './design/form.tsx';
import { startWith, type DraftValues } from './design/values.tsx';
import { base, data as path, page } from './words.tsx';

export function NewExperiment() {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`),
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
      {!data && !error && <Busy what="the blends" />}
      {data && data.blends.length < 2 && (
        <Notice kind="warn" title="Only one blend">
          An arm can change weights, diversity or models of it. For another mix, <a href="/admin/pages/blend">make a second blend</a>.
        </Notice>
      )}
      {data && <DraftForm choices={data} first={startWith(data)} save={save} submit="Save the draft" />}
    </Page>
  );
}
