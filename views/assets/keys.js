// Shortcuts. They follow links that the page has, so nothing leads to what is switched off. Off in the account's settings, and while one types.
const places = { h: '/', b: '/genres', w: '/watchlist', r: '/ratings', f: '/feed', p: '/people', i: '/notifications', a: '/account' };
const typing = 'input:not([type="checkbox"], [type="radio"], [type="file"]), textarea, select, [contenteditable]';
let going = false;

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest(typing)) return;
  if (going) {
    going = false;
    const place = places[event.key];
    if (place) document.querySelector(`.site-head a[href="${place}"], .site-foot a[href="${place}"]`)?.click();
  } else if (event.key === 'g') {
    going = true;
    setTimeout(() => (going = false), 1500);
  } else if (event.key === '/') {
    event.preventDefault();
    document.getElementById('site-search')?.focus();
  } else if (event.key === 's') {
    const stars = document.querySelector('.stars input:checked') ?? document.querySelector('.stars input');
    stars?.focus();
  } else if (event.key === '?') {
    document.querySelector('.site-foot a[href="/keyboard"]')?.click();
  }
}
if (document.documentElement.dataset.keys !== 'off') document.addEventListener('keydown', pressed);
