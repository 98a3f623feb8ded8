import React, { useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { Busy, ErrorNotice, fetchJson, LinkButton, Notice, Page, useData } from '../../../core/console/kit/index.tsx';
import type { ChoicesAnswer } from './answer.ts';
import { DraftForm } from './design/form.tsx';
import { startWith, type DraftValues } from './design/values.tsx';
import { base, data as path, page } from './words.tsx';

export function NewExperiment() {
  const { data, error } = useData<ChoicesAnswer>(`${base}/choices`),
    navigate = useNavigate();
  const last = useRef({ text: '', sent: '' });
  const save = async (values: DraftValues): Promise<void> => {
    // However often the same is sent, as after an answer that got lost, it makes one draft.
    const text = JSON.stringify(values);
    if (last.current.text !== text) last.current = { text, sent: uuid() };
    const { id } = await fetchJson<{ id: number }>(path, { body: { ...values, sent: last.current.sent } });
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
        <Notice title="Only one blend">
          An arm can change weights, diversity or models of it. For another mix,{' '}
          <a href="/admin/pages/blend" target="_blank" rel="noopener">
            make a second blend
          </a>
          .
        </Notice>
      )}
      {data && <DraftForm choices={data} first={startWith(data)} save={save} submit="Save the draft" />}
    </Page>
  );
}

/** `crypto.randomUUID` is for https and this machine alone; a console may stand behind plain http in a closed network. */
function uuid(): string {
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, i) =>
    i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
