import { algorithmContract } from './contract.ts';
import ncf from '../../plugins/algorithms/ncf/index.ts';
for (const algorithm of ncf.algorithms!) algorithmContract(ncf, algorithm);
