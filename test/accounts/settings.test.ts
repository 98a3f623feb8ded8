import sharp from 'sharp';
import accounts from '../../plugins/accounts/index.ts';
import { bootApp, type Booted, type Browser } from '../harness/app.ts';
import { isSignedIn, KeptMail, member, password } from './site.ts';

const mail = new KeptMail();
let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts], mailer: mail });
});
afterAll(() => app.stop());

describe('a new e-mail address', () => {
  test('needs the password, ends the other sessions, and the old address is told', async () => {
    const { browser, email } = await member(app),
      other = app.browser();
    await other.signIn(email, password);
    const change = (fields: Record<string, string>) => browser.post('/account/email', fields, '/account/security');
    expect((await change({ email: 'new@example.org', current: 'wrong words here' })).status).toBe(422);
    expect((await change({ email: 'new@example.org', current: password })).headers['location']).toBe('/account/security?saved=email');
    expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([true, false]);
    expect((await mail.next()).to).toBe(email);
    expect((await app.browser().signIn('new@example.org', password)).status).toBe(303);
    expect((await app.browser().signIn(email, password)).status).toBe(422);
  });

  test('is refused where another account has it, in whatever case', async () => {
    const taken = await member(app),
      { browser } = await member(app);
    const refused = await browser.post('/account/email', { email: taken.email.toUpperCase(), current: password }, '/account/security');
    expect([refused.status, refused.text.includes('Another account has this address.')]).toEqual([422, true]);
  });
});

describe('preferences', () => {
  test('are kept: the language, and whether keys do something', async () => {
    const { browser, id } = await member(app);
    expect((await browser.post('/account/preferences', { language: 'de' }, '/account')).status).toBe(303);
    expect(await app.sql.one('select language, shortcuts from account where id = $1', [id])).toEqual({ language: 'de', shortcuts: false });
    expect((await browser.get('/account')).text).toContain('<html lang="de" data-keys="off">');
    await browser.post('/account/preferences', { language: '', shortcuts: 'on', role: 'admin' }, '/account');
    expect(await app.sql.one('select language, shortcuts, role from account where id = $1', [id])).toEqual({
      language: null,
      shortcuts: true,
      role: 'viewer',
    });
    expect((await browser.post('/account/preferences', { language: 'xx' }, '/account')).status).toBe(422);
  });
});

describe('a picture', () => {
  const send = (browser: Browser, bytes: Buffer, site = 'same-origin') =>
    browser.agent.post('/account/avatar').set('accept', 'text/html').set('sec-fetch-site', site).attach('picture', bytes, 'me.png');
  const picture = () => sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } });

  test('is drawn from the name until there is one, with the name escaped', async () => {
    const { browser, id } = await member(app, '<b>Ada & Co');
    const drawn = await browser.get(`/avatar/${id}`);
    expect(drawn.headers['content-type']).toContain('image/svg+xml');
    expect(drawn.body.toString()).toContain('>&#60;C</text>');
  });

  test('is made small, square and free of what the camera wrote into it', async () => {
    const { browser, id } = await member(app);
    const bytes = await picture()
      .withExif({ IFD0: { Copyright: 'where it was taken' } })
      .jpeg()
      .toBuffer();
    expect(bytes.includes('where it was taken')).toBe(true);
    expect((await send(browser, bytes)).headers['location']).toBe('/account?saved=picture');
    const shown = await browser.get(`/avatar/${id}`);
    const { format, width, height, exif } = await sharp(shown.body as Buffer).metadata();
    expect({ format, width, height, exif }).toEqual({ format: 'webp', width: 256, height: 256, exif: undefined });
    expect((await browser.post('/account/avatar/delete', {}, '/account')).status).toBe(303);
    expect((await browser.get(`/avatar/${id}`)).headers['content-type']).toContain('svg');
  });

  test('is refused where it is no picture, damaged, too large, or sent from elsewhere', async () => {
    const { browser, id } = await member(app);
    const png = await picture().png().toBuffer();
    const refused: [Buffer, string | undefined, number][] = [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined, 422],
      [Buffer.from('<html><script>alert(1)</script>'), undefined, 422],
      [png.subarray(0, 200), undefined, 422],
      [Buffer.alloc(9_000_000, 1), undefined, 413],
      [png, 'cross-site', 403],
    ];
    for (const [bytes, site, status] of refused) expect((await send(browser, bytes, site)).status).toBe(status);
    // 60,000 × 60,000 pixels in a file of a few kilobytes
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect((await send(browser, bomb)).status).toBe(422);
    expect(await app.sql.rows('select from avatar where account = $1', [id])).toEqual([]);
  });

  test('of nobody is 404', async () => {
    for (const id of ['2147483648', '-1', 'abc', '999999']) expect((await app.browser().get(`/avatar/${id}`)).status).toBe(404);
  });
});
