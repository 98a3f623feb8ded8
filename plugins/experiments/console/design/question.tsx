import React from 'react';
import { Panel, TextArea, TextField } from '../../../../core/console/kit/index.tsx';
import type { StepProps } from './values.tsx';

export const Question = ({ values, change, errors }: StepProps) => (
  <Panel title="What you want to know">
    <TextField label="Name" value={values.name} maxLength={120} error={errors['name']} onChange={(name) => change({ name })} />
    <TextArea
      label="Hypothesis"
      value={values.hypothesis}
      maxLength={2000}
      error={errors['hypothesis']}
      onChange={(hypothesis) => change({ hypothesis })}
      hint="What do you expect, and why? “Viewers click more when lists follow their taste, because …” Written down now, it cannot bend to the result."
    />
  </Panel>
);
