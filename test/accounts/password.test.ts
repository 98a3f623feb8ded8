import { hash } from '@node-rs/argon2';
import { hashPassword, needsRehash, passwordMatches } from '../../plugins/accounts/password.ts';
import { passwordProblem } from '../../plugins/accounts/password-policy.ts';

describe('password hashes', () => {
  test('are argon2id of 19 MiB and two passes, salted', async () => {
    const [one, two] = await Promise.all([hashPassword('lanterns over dover'), hashPassword('lanterns over dover')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwordMatches(one, 'lanterns over dover')).toBe(true);
    expect(await passwordMatches(one, 'lanterns over Dover')).toBe(false);
  });

  test('fit the same characters in another composition', async () => {
    expect(await passwordMatches(await hashPassword('caf\u00e9 am abend'), 'cafe\u0301 am abend')).toBe(true);
  });

  test('of other costs or another algorithm are due for a new one', async () => {
    const password = 'lanterns over dover';
    expect(needsRehash(await hashPassword(password))).toBe(false);
    expect(needsRehash(await hash(password, { memoryCost: 8192 }))).toBe(true);
    expect(needsRehash(await hash(password, { timeCost: 3 }))).toBe(true);
    expect(needsRehash(await hash(password, { algorithm: 0 }))).toBe(true);
  });

  test('nobody matches the hash that stands in for unknown accounts', async () => {
    expect(await passwordMatches(undefined, 'nobody has this account')).toBe(false);
  });

  test('an unknown account takes as long as a wrong password', async () => {
    const hashed = await hashPassword('lanterns over dover');
    await passwordMatches(undefined, 'first');
    const known: number[] = [],
      unknown: number[] = [];
    for (let i = 0; i < 9; i++) {
      known.push(await time(() => passwordMatches(hashed, 'wrong password')));
      unknown.push(await time(() => passwordMatches(undefined, 'wrong password')));
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

const time = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe('password policy', () => {
  const owner = { name: 'Nadia Brandt', handle: 'nadia_b', email: 'nadia.brandt@example.org' };

  test.each([
    'short',
    '1234567890',
    '8675309867',
    'aaaaaaaaaaaa',
    'abababababab',
    'abcdefghijkl',
    'lkjihgfedc',
    'password12',
    'P@ssw0rd123',
    'Passw0rd!!',
    'passwordpassword',
    '12password34',
    'letmein2024!',
    'qwertyuiop',
    'Qwerty12345',
    '1q2w3e4r5t',
    '1qaz2wsx3edc',
    'iloveyou123',
    'sunshine-rainbow',
    'Superman2000',
    'welcome_home',
    'trustno1234',
    'nadia_b2024',
    'NadiaBrandt',
    'nadia.brandt@example.org',
    'Brandt12345',
    'Schauspielerin'.repeat(15),
  ])('refuses %s', (password) => expect(passwordProblem(password, owner)).toEqual(expect.any(String)));

  test.each(['lanterns over dover', 'nadia rows the quiet canal', 'Zq8!fhw02Lx', 'пароль у реки', '夜の電車で帰る途中の話', 'vier gewinnt selten'])(
    'accepts %s',
    (password) => expect(passwordProblem(password, owner)).toBeUndefined(),
  );

  test('counts characters, not code units', () => {
    expect(passwordProblem('🎬🎥🎞🍿🎟', {})).toBe('Use at least 10 characters.');
    expect(passwordProblem('🎬🎥🎞🍿🎟🎭🎪🎨🎤🎧', {})).toBeUndefined();
  });
});
