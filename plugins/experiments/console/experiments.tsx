import React from 'react';
import { useLocation } from 'react-router-dom';
import { ExperimentPage } from './experiment.tsx';
import { ExperimentList } from './list.tsx';
import { NewExperiment } from './new.tsx';

/** One page of the console with three views, told apart by the address: the list, a new draft (?new), one experiment (?id=3). */
export default function Experiments() {
  const query = new URLSearchParams(useLocation().search),
    id = Number(query.get('id'));
  if (query.has('new')) return <NewExperiment />;
  return Number.isInteger(id) && id > 0 ? <ExperimentPage key={id} id={id} /> : <ExperimentList />;
}
