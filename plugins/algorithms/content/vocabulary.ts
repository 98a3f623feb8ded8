import type { FilmFacts } from '../../../recommend/algorithm.ts';
import { count, fields, type Field } from './fields.ts';

/** The terms of one field, and the length of the field's part of each film's vector. */
interface FieldTerms {
  readonly field: Field;
  readonly length: number;
  readonly terms: readonly string[];
}

/** Where each term stands in a film's vector, and how telling it is. */
export interface Vocabulary {
  readonly columns: readonly { readonly field: Field; readonly length: number; readonly of: ReadonlyMap<string, number> }[];
  /** ln(1 + N / df) of each term */
  readonly idf: Float32Array;
}

/** A vocabulary as parts of a model. */
export interface StoredVocabulary {
  /** JSON of FieldTerms[]; the terms' columns follow each other in this order */
  readonly vocabulary: string;
  readonly idf: Float32Array;
}

/** The terms of at least two films, of the fields that count. Terms of one film only cannot be shared. */
export function gatherVocabulary(films: readonly FilmFacts[], weights: Readonly<Record<Field, number>>): StoredVocabulary {
  const names = (Object.keys(fields) as Field[]).filter((field) => weights[field] > 0);
  const total = names.reduce((sum, field) => sum + weights[field], 0);
  const idf: number[] = [];
  const found = names.map((field): FieldTerms => {
    const inFilms = count(films.flatMap((film) => [...count(fields[field](film)).keys()]));
    const shared = [...inFilms].filter(([, df]) => df > 1);
    for (const [, df] of shared) idf.push(Math.log(1 + films.length / df));
    return { field, length: Math.sqrt(weights[field] / total), terms: shared.map(([term]) => term) };
  });
  return { vocabulary: JSON.stringify(found), idf: Float32Array.from(idf) };
}

export function readVocabulary({ vocabulary, idf }: StoredVocabulary): Vocabulary {
  let next = 0;
  const columns = (JSON.parse(vocabulary) as FieldTerms[]).map(({ field, length, terms }) => ({
    field,
    length,
    of: new Map(terms.map((term) => [term, next++])),
  }));
  return { columns, idf };
}
