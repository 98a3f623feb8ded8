// What may be meant, while it is typed. Without this script the form searches when it is sent.

const pause = 120;

/** An input with a list that follows the ARIA pattern of a combobox: the arrows choose, Enter opens, Escape closes. */
function suggest(form) {
  const input = form.querySelector('input[type="search"]');
  const list = document.createElement('ul');
  list.className = 'suggestions';
  list.id = `${input.id}-list`;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', form.dataset.suggestLabel ?? 'Suggestions');
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id }))
    input.setAttribute(name, value);

  let chosen = -1;
  let timer;
  let asked = 0;
  const close = () => show([]);
  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', list.children[at].id);
  };
  const show = (suggestions) => {
    list.replaceChildren(...suggestions.map((one, i) => optionOf(one, `${list.id}-${i}`)));
    list.hidden = suggestions.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    choose(-1);
  };
  const ask = async () => {
    const mine = ++asked;
    const text = input.value.trim();
    const found = text.length < 2 ? [] : await suggestionsFor(form.dataset.suggest, text);
    // An answer that was overtaken by the next letter is old.
    if (mine === asked && document.activeElement === input) show(found);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    const count = list.children.length;
    if (event.key === 'Escape' && !list.hidden) close();
    else if (event.key === 'ArrowDown' && count > 0) choose(chosen + 1 >= count ? -1 : chosen + 1);
    else if (event.key === 'ArrowUp' && count > 0) choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === 'Enter' && chosen >= 0) location.assign(list.children[chosen].dataset.href);
    else return;
    event.preventDefault();
  });
  // Before the input loses the focus, which would take the list away.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) location.assign(option.dataset.href);
  });
}

const suggestionsFor = (address, text) =>
  fetch(`${address}?q=${encodeURIComponent(text)}`, { headers: { accept: 'application/json' } })
    .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
    .then(
      ({ suggestions }) => suggestions,
      () => [],
    );

function optionOf({ title, detail, href }, id) {
  const option = document.createElement('li');
  option.id = id;
  option.setAttribute('role', 'option');
  option.dataset.href = href;
  const name = document.createElement('b');
  const more = document.createElement('span');
  name.textContent = title;
  more.textContent = detail ?? '';
  option.append(name, more);
  return option;
}

for (const form of document.querySelectorAll('form[data-suggest]')) suggest(form);
