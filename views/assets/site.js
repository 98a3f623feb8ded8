// Small comforts on top of pages that work without any of this.

const calm = matchMedia('(prefers-reduced-motion: reduce)');
const icons = document.querySelector('.brand use')?.getAttribute('href')?.split('#')[0] ?? '';

/** Two buttons for those who cannot swipe, and arrow keys from card to card. */
function enhanceRow(row) {
  const track = row.querySelector('.row-track');
  const scroll = (direction) => track.scrollBy({ left: direction * track.clientWidth * 0.8, behavior: calm.matches ? 'auto' : 'smooth' });
  const back = arrow('left', row.dataset.back, () => scroll(-1));
  const on = arrow('right', row.dataset.onward, () => scroll(1));
  const box = document.createElement('div');
  box.className = 'row-arrows';
  box.append(back, on);
  const update = () => {
    box.hidden = track.scrollWidth <= track.clientWidth + 1;
    back.disabled = track.scrollLeft < 8;
    on.disabled = track.scrollLeft > track.scrollWidth - track.clientWidth - 8;
  };
  track.addEventListener('scroll', update, { passive: true });
  track.addEventListener('keydown', moveBetweenCards);
  new ResizeObserver(update).observe(track);
  row.querySelector('.row-head').append(box);
}

function arrow(name, label, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'icon-button';
  button.setAttribute('aria-label', label);
  button.title = label;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${icons}#${name}`);
  svg.append(use);
  button.append(svg);
  button.addEventListener('click', act);
  return button;
}

function moveBetweenCards(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const card = event.target.closest('.card');
  if (!step || !card || event.target.closest('fieldset')) return;
  const next = step > 0 ? card.nextElementSibling : card.previousElementSibling;
  event.preventDefault();
  next?.querySelector('a')?.focus();
}

/** A click on a star is the whole rating; with the keyboard one chooses first and then presses Enter. */
function rateOnClick(stars) {
  for (const label of stars.querySelectorAll('label')) {
    label.addEventListener('click', (event) => {
      if (!stars.form || event.detail === 0) return;
      setTimeout(() => stars.form.requestSubmit());
    });
  }
}

/** Sends a form that switches something on or off in the background; anything unexpected goes the ordinary way. */
async function toggle(event) {
  const form = event.target;
  const button = event.submitter?.closest('[aria-pressed]');
  const owner = button && 'toggle' in button.dataset ? button : form;
  if (!button || !('toggle' in owner.dataset)) return;
  event.preventDefault();
  button.disabled = true;
  const sent = await fetch(addressOf(form, button), {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    redirect: 'manual',
    headers: { accept: 'application/json' },
  }).then(
    (answer) => answer.type === 'opaqueredirect' || answer.ok,
    () => false,
  );
  button.disabled = false;
  if (!sent) return sendPlainly(form, button);
  flip(owner, button);
  button.focus({ preventScroll: true });
}

/** A button without an address of its own says that of the page. */
const addressOf = (form, button) => (button.hasAttribute('formaction') ? button.formAction : form.action);

function sendPlainly(form, button) {
  form.action = addressOf(form, button);
  form.submit();
}

/** @param owner what names the two addresses: the button, else its form */
function flip(owner, button) {
  const name = owner === button ? 'formaction' : 'action';
  const action = owner.getAttribute(name);
  owner.setAttribute(name, owner.dataset.toggle || opposite(action));
  if (owner.dataset.toggle) owner.dataset.toggle = action;
  button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
  const text = button.dataset.other;
  if (!text) return;
  const label = button.querySelector('.label');
  button.dataset.other = label ? label.textContent : button.title;
  if (label) label.textContent = text;
  else button.title = text;
}

const opposite = (action) => (action.endsWith('/delete') ? action.slice(0, -'/delete'.length) : `${action}/delete`);

/** Rows that follow come when their link comes into sight; whoever has no script follows the link. */
function extendRows(link) {
  const watcher = new IntersectionObserver(
    async ([entry]) => {
      if (!entry.isIntersecting) return;
      watcher.disconnect();
      await appendRows(link);
    },
    { rootMargin: '600px' },
  );
  watcher.observe(link);
}

async function appendRows(link) {
  const page = await fetch(link.href, { headers: { accept: 'text/html' } }).then(
    (answer) => (answer.ok ? answer.text() : undefined),
    () => undefined,
  );
  if (page === undefined) return;
  const more = new DOMParser().parseFromString(page, 'text/html');
  const place = link.closest('.more-rows');
  const rows = [...more.querySelectorAll('main .row')].map((row) => document.adoptNode(row));
  place.before(...rows);
  for (const row of rows) enhanceRow(row);
  const next = more.querySelector('main [data-more]');
  if (!next) return place.remove();
  link.setAttribute('href', next.getAttribute('href'));
  extendRows(link);
}

for (const link of document.querySelectorAll('[data-more]')) extendRows(link);
for (const row of document.querySelectorAll('.row')) enhanceRow(row);
for (const stars of document.querySelectorAll('fieldset.stars')) rateOnClick(stars);
document.addEventListener('submit', toggle);

// What is under way is looked at again until it is done.
if (document.querySelector('[data-reload]')) setTimeout(() => location.reload(), 2000);
