import { seeded } from '../../math/random.ts';
import { holds } from '../../config/validation/finding.ts';
import { simulations } from '../../config/validation/index.ts';

// The same simulations as of `npm run validate`, with fewer runs and so with a wider allowance for chance.
describe.each(simulations)('$title', ({ runs, run }) => {
  const found = run(runs.few, seeded(7));
  test.each(found)('$what: $value ± $error, band $low … $high', (figure) => expect(holds(figure)).toBe(true));
});
