// Films of an own list are dragged to their place. Without this script two buttons move them.

/** @param list an element whose items name their film and the address of what can be done with it */
function sortable(list) {
  let dragged;
  for (const item of list.children) item.draggable = true;
  list.addEventListener('dragstart', (event) => {
    dragged = event.target.closest?.('.sortable-item');
    dragged?.classList.add('dragged');
    event.dataTransfer.effectAllowed = 'move';
  });
  list.addEventListener('dragover', (event) => {
    if (!dragged) return;
    event.preventDefault();
    const over = event.target.closest('.sortable-item');
    if (!over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    over[event.clientY < top + height / 2 ? 'before' : 'after'](dragged);
  });
  list.addEventListener('drop', (event) => event.preventDefault());
  list.addEventListener('dragend', async () => {
    const item = dragged;
    dragged = undefined;
    item?.classList.remove('dragged');
    if (item) await send(item);
    update(list);
  });
}

/** Says where the film stands now. What is refused is shown as it is stored. */
async function send(item) {
  const form = item.querySelector('.sortable-move');
  const body = new URLSearchParams({ csrf: form.elements.csrf.value, before: item.nextElementSibling?.dataset.film ?? '0' });
  const done = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' } }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (!done) location.reload();
}

function update(list) {
  [...list.children].forEach((item, i) => {
    item.querySelector('[value="up"]').disabled = i === 0;
    item.querySelector('[value="down"]').disabled = i === list.children.length - 1;
  });
}

for (const list of document.querySelectorAll('[data-sortable]')) sortable(list);
